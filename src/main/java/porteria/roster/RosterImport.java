package porteria.roster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.bus.Bus;
import porteria.db.Database;

/**
 * Loads a school's roster from a file, all of it or nothing, in one transaction and with a
 * statement for each kind of row. Reading the file and comparing it with what is there happen on
 * worker threads. Loading the same file again changes nothing.
 */
public final class RosterImport {

  /** How long the transaction may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Database database;
  private final Acts acts;
  private final Bus bus;
  private final InstantSource clock;
  private final TimeOrderedIds ids;

  RosterImport(Vertx vertx, Database database, Acts acts, Bus bus, InstantSource clock) {
    this.vertx = vertx;
    this.database = database;
    this.acts = acts;
    this.bus = bus;
    this.clock = clock;
    this.ids = new TimeOrderedIds(clock);
  }

  /** Says what a file would change, and changes nothing; fails with INVALID_REQUEST. */
  public Future<ImportRun> rehearse(UUID school, Buffer file) {
    Progress progress = begin(school);
    return progress.upTo(
        read(school, file, progress)
            .compose(
                read ->
                    database.inSchool(
                        school, PATIENCE, connection -> plan(connection, school, read, progress)))
            .map(plan -> plan.report(false)));
  }

  /**
   * Loads a file, unless there is any error in it.
   *
   * @return what changed, or would have; fails with INVALID_REQUEST when it is no table
   */
  public Future<ImportRun> load(UUID school, Buffer file, AuditActor actor) {
    Progress progress = begin(school);
    return progress.upTo(
        read(school, file, progress)
            .compose(
                read ->
                    database.inSchool(
                        school,
                        PATIENCE,
                        connection ->
                            plan(connection, school, read, progress)
                                .compose(
                                    plan -> write(connection, school, plan, actor, progress)))));
  }

  private Progress begin(UUID school) {
    Progress progress = new Progress(bus, school, ids.next());
    progress.reading(0);
    return progress;
  }

  private Future<ImportFile> read(UUID school, Buffer file, Progress progress) {
    return database
        .inSchool(
            school,
            connection -> connection.preparedQuery(ImportSql.SCHOOL).execute(Tuple.of(school)))
        .map(rows -> new Addresses(rows.iterator().next().getString("country")))
        .compose(
            addresses ->
                vertx.executeBlocking(
                    () -> ImportFile.read(file.getBytes(), addresses, progress), false));
  }

  private Future<ImportPlan> plan(
      SqlConnection connection, UUID school, ImportFile file, Progress progress) {
    String[] numbers = file.rows().stream().map(ImportRow::number).toArray(String[]::new);
    return query(connection, ImportSql.LOCK, Tuple.of(school))
        .compose(locked -> query(connection, ImportSql.SCHOOL, Tuple.of(school)))
        .map(rows -> rows.iterator().next().getString("language"))
        .compose(language -> known(connection, school, language, numbers))
        .compose(
            known ->
                vertx.executeBlocking(
                    () -> ImportPlan.of(file, known.roster(), ids, progress), false));
  }

  private static Future<Known> known(
      SqlConnection connection, UUID school, String language, String[] numbers) {
    return query(connection, ImportSql.COURSES, Tuple.of(school))
        .compose(
            courses ->
                query(connection, ImportSql.STUDENTS, Tuple.of(school, (Object) numbers))
                    .compose(
                        students ->
                            query(connection, ImportSql.GUARDIANS, Tuple.of(school))
                                .map(
                                    guardians ->
                                        new Known(language, courses, students, guardians))));
  }

  private Future<ImportReport> write(
      SqlConnection connection, UUID school, ImportPlan plan, AuditActor actor, Progress progress) {
    if (!plan.errors().isEmpty()) {
      return Future.succeededFuture(plan.report(false));
    }
    ImportReport report = plan.report(true);
    if (!plan.changesAnything()) {
      return Future.succeededFuture(report);
    }
    return new ImportWriter(school, plan, clock.instant().atOffset(ZoneOffset.UTC))
        .write(connection, progress)
        .compose(
            written ->
                acts.append(
                    connection,
                    school,
                    actor,
                    "roster.imported",
                    school,
                    Optional.of(
                        new JsonObject()
                            .put("created", report.created())
                            .put("updated", report.updated())
                            .put("unchanged", report.unchanged())
                            .put("courses", report.courseCount()))))
        .map(report);
  }

  private static Future<RowSet<Row>> query(SqlConnection connection, String sql, Tuple parameters) {
    return connection.preparedQuery(sql).execute(parameters);
  }

  /** Rows as they were found; made into a roster off the event loop. */
  private record Known(
      String language, RowSet<Row> courses, RowSet<Row> students, RowSet<Row> guardians) {

    KnownRoster roster() {
      return KnownRoster.of(language, courses, students, guardians);
    }
  }
}
