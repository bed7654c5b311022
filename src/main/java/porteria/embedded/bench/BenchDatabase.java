package porteria.embedded.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import porteria.embedded.PostgresAccess;
import porteria.embedded.PostgresServer;

/** The database under measurement, looked at from beside as its superuser. */
final class BenchDatabase implements AutoCloseable {

  private static final String[] DURABLE = {"fsync", "synchronous_commit", "full_page_writes"};

  /** Two tables as plain as they can be for what a scan must leave, and the numbered cards. */
  private static final String BENCH_TABLES =
      """
      CREATE SCHEMA bench;
      CREATE TABLE bench.scan (
        id          uuid PRIMARY KEY DEFAULT uuidv7(),
        school      uuid NOT NULL,
        device      uuid NOT NULL,
        local_seq   bigint NOT NULL,
        student     uuid NOT NULL,
        type        text NOT NULL,
        occurred_at timestamptz NOT NULL,
        UNIQUE (school, device, local_seq)
      );
      CREATE TABLE bench.outbox (
        id      uuid PRIMARY KEY DEFAULT uuidv7(),
        scan    uuid NOT NULL,
        student uuid NOT NULL
      );
      CREATE TABLE bench.card (
        n          integer PRIMARY KEY,
        student_id uuid NOT NULL DEFAULT uuidv7(),
        token_hash bytea NOT NULL
      );
      GRANT USAGE ON SCHEMA bench TO porteria_worker;
      GRANT INSERT, SELECT ON bench.scan, bench.outbox TO porteria_worker;
      GRANT SELECT ON bench.card TO porteria_worker;
      """;

  private static final String CLEAR =
      "TRUNCATE bench.scan, bench.outbox, photo, attendance_event, scan_rejection, announcement";

  private final PostgresServer server;
  private final Connection connection;

  private BenchDatabase(PostgresServer server, Connection connection) {
    this.server = server;
    this.connection = connection;
  }

  /**
   * Looks into the product's database of {@code server}.
   *
   * @throws IllegalStateException when its commits are not durable
   */
  static BenchDatabase open(PostgresServer server) throws SQLException {
    PostgresAccess access = server.superuser().onDatabase(server.owner().database());
    BenchDatabase database = new BenchDatabase(server, access.connect());
    database.requireDurable();
    return database;
  }

  /** Writes the school and makes the plain tables; the schema must be there. */
  void prepare(BenchSchool school, BenchSecrets secrets) throws SQLException {
    execute(BENCH_TABLES);
    school.write(connection, secrets);
  }

  /** Empties the tables and has what was written before settled, alike for each contender. */
  void clear() throws SQLException {
    execute(CLEAR);
    execute("CHECKPOINT");
  }

  /** Lets what is under way end. */
  void settle() throws SQLException {
    execute("SELECT pg_sleep(0.3)");
  }

  long count(String table) throws SQLException {
    return number("SELECT count(*) FROM " + table);
  }

  /** Transactions that wrote the rows of a table: its rows tell exactly, statistics lag behind. */
  long commits(String table) throws SQLException {
    return number("SELECT count(DISTINCT xmin::text) FROM " + table);
  }

  long pid() {
    return server.pid();
  }

  /** Such as {@code PostgreSQL 18.1}. */
  String version() throws SQLException {
    return connection.getMetaData().getDatabaseProductName()
        + " "
        + connection.getMetaData().getDatabaseProductVersion();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void requireDurable() throws SQLException {
    for (String setting : DURABLE) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SHOW " + setting)) {
        row.next();
        if (!"on".equals(row.getString(1))) {
          throw new IllegalStateException(
              "%s is %s: such figures would mean nothing".formatted(setting, row.getString(1)));
        }
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
