package porteria.absence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.db.Database;
import porteria.domain.Failure.Kind;

/** What guardians do with requests about their own children. */
public final class FamilyAbsences {

  private final Database database;
  private final Acts acts;
  private final InstantSource clock;

  FamilyAbsences(Database database, Acts acts, InstantSource clock) {
    this.database = database;
    this.acts = acts;
    this.clock = clock;
  }

  /**
   * Submits a request.
   *
   * @return as kept; fails with NOT_FOUND when the pupil is no child of the guardian, with
   *     INVALID_REQUEST when no request may be about these days, with CONFLICT when another one of
   *     the pupil that is pending or approved is about some of them
   */
  public Future<AbsenceRequest> submit(
      UUID school, UUID guardian, AbsenceWish wish, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(AbsenceSql.CHILD)
                .execute(Tuple.of(school, wish.studentId(), guardian))
                .compose(FamilyAbsences::zone)
                .compose(
                    zone -> {
                      AbsenceBounds.require(wish, LocalDate.ofInstant(clock.instant(), zone));
                      return AbsenceRows.requireFree(connection, school, wish);
                    })
                .compose(free -> insert(connection, school, guardian, wish))
                .compose(id -> AbsenceRows.find(connection, school, id))
                .compose(
                    made -> acts.appendMade(connection, school, actor, "absence.submitted", made)));
  }

  private static Future<ZoneId> zone(RowSet<Row> child) {
    return child.size() == 0
        ? AbsenceRows.failed(Kind.NOT_FOUND, "There is no such child of yours.")
        : Future.succeededFuture(ZoneId.of(child.iterator().next().getString("timezone")));
  }

  private Future<UUID> insert(
      SqlConnection connection, UUID school, UUID guardian, AbsenceWish wish) {
    Tuple row =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(wish.studentId())
            .addUUID(guardian)
            .addString(wish.type().name())
            .addLocalDate(wish.from())
            .addLocalDate(wish.to())
            .addString(wish.note().orElse(null))
            .addOffsetDateTime(now().atOffset(ZoneOffset.UTC));
    return connection
        .preparedQuery(AbsenceSql.SUBMIT)
        .execute(row)
        .map(rows -> rows.iterator().next().getUUID("id"));
  }

  /** Requests about the guardian's own children, whoever submitted them. */
  public Future<AbsencePage> list(UUID school, UUID guardian, AbsenceQuery query) {
    return database.inSchool(
        school, connection -> AbsenceRows.list(connection, school, query, Optional.of(guardian)));
  }

  /**
   * Withdraws a request that the guardian submitted.
   *
   * @return as kept; fails with NOT_FOUND, or with CONFLICT when it is not pending any more
   */
  public Future<AbsenceRequest> withdraw(UUID school, UUID guardian, UUID id, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(AbsenceSql.WITHDRAW)
                .execute(Tuple.of(school, id, guardian, now().atOffset(ZoneOffset.UTC)))
                .compose(
                    rows ->
                        rows.rowCount() == 0
                            ? AbsenceRows.<AbsenceRequest>notPending(
                                connection, school, id, Optional.of(guardian))
                            : AbsenceRows.find(connection, school, id))
                .compose(
                    withdrawn ->
                        acts.append(connection, school, actor, "absence.withdrawn", id)
                            .map(withdrawn)));
  }

  /** As exact as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
