package porteria.db;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import porteria.config.DatabaseSettings;
import porteria.config.DatabaseSettings.Login;

/**
 * One node's way to PostgreSQL. People are served through the web role, inside a transaction that
 * names their school; jobs run as the worker role. Every call has a deadline: a statement that
 * takes longer is cancelled by the server, and a server that says nothing is given up on.
 */
public final class Database {

  /** The server cancels first; we give up a little later, when it did not answer even that. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final String ONE_SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private static final String NAME_SCHOOL_AND_PATIENCE =
      "SELECT set_config('porteria.school', $1, true), set_config('statement_timeout', $2, true)";

  private static final String NAME_SCHOOL = "SELECT set_config('porteria.school', $1, true)";

  private final Vertx vertx;
  private final DatabaseSettings settings;
  private final Pool web;
  private final Pool worker;

  private Database(Vertx vertx, DatabaseSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.web = pool(settings.web(), "porteria-web");
    this.worker = pool(settings.worker(), "porteria-worker");
  }

  public static Database open(Vertx vertx, DatabaseSettings settings) {
    return new Database(vertx, settings);
  }

  /**
   * Runs {@code work} in one transaction of the web role that sees this school's rows alone.
   *
   * @return its result; fails with {@link porteria.domain.FailureException}
   */
  public <T> Future<T> inSchool(UUID schoolId, Function<SqlConnection, Future<T>> work) {
    return guarded(
        web.withTransaction(
            connection ->
                connection
                    .preparedQuery(NAME_SCHOOL)
                    .execute(Tuple.of(schoolId.toString()))
                    .compose(named -> work.apply(connection))));
  }

  /**
   * Runs {@code work} like {@link #inSchool(UUID, Function)}, where it takes longer than others.
   *
   * @param patience for the whole transaction and for each of its statements
   */
  public <T> Future<T> inSchool(
      UUID schoolId, Duration patience, Function<SqlConnection, Future<T>> work) {
    return guarded(
        patience,
        web.withTransaction(
            connection ->
                connection
                    .preparedQuery(NAME_SCHOOL_AND_PATIENCE)
                    .execute(Tuple.of(schoolId.toString(), Long.toString(patience.toMillis())))
                    .compose(named -> work.apply(connection))));
  }

  /**
   * Runs {@code work} in one transaction of the owner of the schema, whom row-level security binds
   * to this school too. For what an operator's command does and no request may.
   *
   * @return its result; fails with {@link porteria.domain.FailureException}
   */
  public <T> Future<T> asOwner(UUID schoolId, Function<SqlConnection, Future<T>> work) {
    return guarded(
        PgConnection.connect(vertx, options(settings.owner(), "porteria-owner"))
            .compose(
                connection ->
                    inTransaction(connection, schoolId, work).eventually(connection::close)));
  }

  private static <T> Future<T> inTransaction(
      SqlConnection connection, UUID schoolId, Function<SqlConnection, Future<T>> work) {
    return connection
        .begin()
        .compose(
            transaction ->
                connection
                    .preparedQuery(NAME_SCHOOL)
                    .execute(Tuple.of(schoolId.toString()))
                    .compose(named -> work.apply(connection))
                    .compose(result -> transaction.commit().map(result)));
  }

  /**
   * Reads in one transaction of the web role all of whose statements see the same moment.
   *
   * @return what {@code work} read; fails with {@link porteria.domain.FailureException}
   */
  public <T> Future<T> readSchool(UUID schoolId, Function<SqlConnection, Future<T>> work) {
    return guarded(
        web.withTransaction(
            connection ->
                connection
                    .query(ONE_SNAPSHOT)
                    .execute()
                    .compose(
                        set ->
                            connection
                                .preparedQuery(NAME_SCHOOL)
                                .execute(Tuple.of(schoolId.toString())))
                    .compose(named -> work.apply(connection))));
  }

  /**
   * Runs {@code work} in one transaction of the worker role, across schools.
   *
   * @return its result; fails with {@link porteria.domain.FailureException}
   */
  public <T> Future<T> asWorker(Function<SqlConnection, Future<T>> work) {
    return guarded(worker.withTransaction(work));
  }

  /**
   * One statement of the worker role, in a transaction of its own.
   *
   * @return its rows; fails with {@link porteria.domain.FailureException}
   */
  public Future<RowSet<Row>> workerQuery(String sql, Tuple parameters) {
    return guarded(worker.preparedQuery(sql).execute(parameters));
  }

  /**
   * A connection of the worker role outside the pool, for one long-lived user.
   *
   * @param session PostgreSQL settings of the connection
   */
  public Future<PgConnection> dedicated(String name, Map<String, String> session) {
    PgConnectOptions options = options(settings.worker(), name);
    options.getProperties().putAll(session);
    return guarded(PgConnection.connect(vertx, options));
  }

  /** Puts the deadline on a call and says in our words why it failed. */
  public <T> Future<T> guarded(Future<T> call) {
    return guarded(settings.timeout(), call);
  }

  private <T> Future<T> guarded(Duration patience, Future<T> call) {
    Promise<T> answered = Promise.promise();
    // A timer of the caller's own thread: the future's would end the call on a thread of Netty's.
    long timer =
        vertx.setTimer(
            patience.plus(GRACE).toMillis(),
            late -> answered.tryFail(new TimeoutException("the database did not answer")));
    call.onComplete(
        result -> {
          vertx.cancelTimer(timer);
          answered.tryComplete(result);
        },
        error -> {
          vertx.cancelTimer(timer);
          answered.tryFail(error);
        });
    return answered.future().recover(error -> Future.failedFuture(SqlFailures.translate(error)));
  }

  public Future<Void> close() {
    return Future.join(web.close(), worker.close()).mapEmpty();
  }

  private Pool pool(Login login, String name) {
    PoolOptions pool =
        new PoolOptions()
            .setName(name)
            .setMaxSize(settings.poolSize())
            .setMaxWaitQueueSize(1_000)
            .setConnectionTimeout((int) settings.timeout().toMillis())
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    return PgBuilder.pool().with(pool).connectingTo(options(login, name)).using(vertx).build();
  }

  private PgConnectOptions options(Login login, String name) {
    Map<String, String> session = new HashMap<>(PgConnectOptions.DEFAULT_PROPERTIES);
    session.put("application_name", name);
    session.put("statement_timeout", Long.toString(settings.timeout().toMillis()));
    session.put("idle_in_transaction_session_timeout", "10000");
    return new PgConnectOptions()
        .setHost(settings.host())
        .setPort(settings.port())
        .setDatabase(settings.database())
        .setUser(login.user())
        .setPassword(login.password().value())
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(256)
        .setPreparedStatementCacheSqlLimit(16_384)
        .setProperties(session);
  }
}
