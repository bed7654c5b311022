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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.bus.AbsenceChanged;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.outbox.AbsenceMessages;

/** What staff do with requests. */
public final class AbsenceDesk {

  private final Database database;
  private final Acts acts;
  private final Bus bus;
  private final InstantSource clock;

  AbsenceDesk(Database database, Acts acts, Bus bus, InstantSource clock) {
    this.database = database;
    this.acts = acts;
    this.bus = bus;
    this.clock = clock;
  }

  /** Requests of the school, the latest first. */
  public Future<AbsencePage> list(UUID school, AbsenceQuery query) {
    return database.inSchool(
        school, connection -> AbsenceRows.list(connection, school, query, Optional.empty()));
  }

  /**
   * Approves a request; the guardian who submitted it is owed word of it in the same commit.
   *
   * @param staff who approves
   * @return as kept; fails with NOT_FOUND, or with CONFLICT when it is not pending any more
   */
  public Future<AbsenceRequest> approve(
      UUID school, UUID id, UUID staff, Optional<String> reason, AuditActor actor) {
    return resolve(school, id, staff, AbsenceStatus.APPROVED, reason, actor);
  }

  /**
   * Rejects a request; the guardian who submitted it is owed word of it in the same commit.
   *
   * @param staff who rejects
   * @return as kept; fails with NOT_FOUND, or with CONFLICT when it is not pending any more
   */
  public Future<AbsenceRequest> reject(
      UUID school, UUID id, UUID staff, String reason, AuditActor actor) {
    return resolve(school, id, staff, AbsenceStatus.REJECTED, Optional.of(reason), actor);
  }

  /**
   * Excuses a pupil at the word of staff: approved as it is made. The family is told nothing.
   *
   * @param staff who excuses
   * @return as kept; fails with NOT_FOUND when there is no such pupil, with INVALID_REQUEST when no
   *     request may be about these days, with CONFLICT when another one of the pupil that is
   *     pending or approved is about some of them
   */
  public Future<AbsenceRequest> excuse(
      UUID school, AbsenceWish wish, UUID staff, AuditActor actor) {
    return database
        .inSchool(
            school,
            connection ->
                connection
                    .preparedQuery(AbsenceSql.PUPIL)
                    .execute(Tuple.of(school, wish.studentId()))
                    .compose(AbsenceDesk::zone)
                    .compose(
                        zone -> {
                          AbsenceBounds.require(wish, LocalDate.ofInstant(clock.instant(), zone));
                          return AbsenceRows.requireFree(connection, school, wish);
                        })
                    .compose(free -> insert(connection, school, wish, staff))
                    .compose(id -> AbsenceRows.find(connection, school, id))
                    .compose(
                        made ->
                            acts.appendMade(connection, school, actor, "absence.excused", made)))
        .onSuccess(made -> hint(school));
  }

  private static Future<ZoneId> zone(RowSet<Row> pupil) {
    return pupil.size() == 0
        ? AbsenceRows.failed(Failure.Kind.NOT_FOUND, "There is no such pupil.")
        : Future.succeededFuture(ZoneId.of(pupil.iterator().next().getString("timezone")));
  }

  private Future<UUID> insert(SqlConnection connection, UUID school, AbsenceWish wish, UUID staff) {
    Tuple row =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(wish.studentId())
            .addString(wish.type().name())
            .addLocalDate(wish.from())
            .addLocalDate(wish.to())
            .addString(wish.note().orElse(null))
            .addOffsetDateTime(now().atOffset(ZoneOffset.UTC))
            .addUUID(staff);
    return connection
        .preparedQuery(AbsenceSql.EXCUSE)
        .execute(row)
        .map(rows -> rows.iterator().next().getUUID("id"));
  }

  /**
   * Takes back what {@link #excuse} made; the pupil is missed again where that is due.
   *
   * @param staff who takes it back
   * @return as kept; fails with NOT_FOUND, or with CONFLICT when it is not approved any more or a
   *     guardian submitted it, who was told
   */
  public Future<AbsenceRequest> revoke(UUID school, UUID id, UUID staff, AuditActor actor) {
    return database
        .inSchool(
            school,
            connection ->
                connection
                    .preparedQuery(AbsenceSql.REVOKE)
                    .execute(Tuple.of(school, id, now().atOffset(ZoneOffset.UTC), staff))
                    .compose(
                        rows ->
                            rows.size() == 0
                                ? AbsenceRows.<AbsenceRequest>notPending(
                                    connection, school, id, Optional.empty())
                                : AbsenceRows.find(connection, school, id))
                    .compose(
                        revoked ->
                            acts.append(connection, school, actor, "absence.revoked", id)
                                .map(revoked)))
        .onSuccess(revoked -> hint(school));
  }

  /** Who shows the day, and who holds alarms back, should look anew. */
  private void hint(UUID school) {
    bus.publish(Addresses.ABSENCE_CHANGED, new AbsenceChanged(school));
  }

  /** As exact as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Future<AbsenceRequest> resolve(
      UUID school,
      UUID id,
      UUID staff,
      AbsenceStatus resolved,
      Optional<String> reason,
      AuditActor actor) {
    Instant now = now();
    Tuple decision =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(id)
            .addString(resolved.name())
            .addUUID(staff)
            .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
            .addString(reason.orElse(null));
    String action = "absence." + resolved.name().toLowerCase(Locale.ROOT);
    return database
        .inSchool(
            school,
            connection ->
                connection
                    .preparedQuery(AbsenceSql.RESOLVE)
                    .execute(decision)
                    .compose(
                        rows ->
                            rows.size() == 0
                                ? AbsenceRows.<Void>notPending(
                                    connection, school, id, Optional.empty())
                                : tell(
                                    connection,
                                    school,
                                    rows.iterator().next(),
                                    resolved,
                                    reason,
                                    now))
                    .compose(told -> AbsenceRows.find(connection, school, id))
                    .compose(
                        request -> acts.append(connection, school, actor, action, id).map(request)))
        .onSuccess(request -> hint(school));
  }

  private static Future<Void> tell(
      SqlConnection connection,
      UUID school,
      Row request,
      AbsenceStatus resolved,
      Optional<String> reason,
      Instant now) {
    return AbsenceMessages.owe(
        connection,
        school,
        new AbsenceMessages.Decision(
            request.getUUID("id"),
            request.getUUID("student_id"),
            request.getUUID("guardian_id"),
            request.getLocalDate("from_date"),
            request.getLocalDate("to_date"),
            resolved == AbsenceStatus.APPROVED,
            reason),
        now);
  }
}
