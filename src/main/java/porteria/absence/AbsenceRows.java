package porteria.absence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import porteria.absence.AbsenceRequest.Named;
import porteria.absence.AbsenceRequest.Resolution;
import porteria.domain.Failure;
import porteria.domain.Failure.Kind;

/** Requests as they are read, and why one cannot be changed. */
final class AbsenceRows {

  private AbsenceRows() {}

  static Future<AbsenceRequest> find(SqlConnection connection, UUID school, UUID id) {
    return connection
        .preparedQuery(AbsenceSql.FIND)
        .execute(Tuple.of(school, id))
        .compose(
            rows ->
                rows.size() == 0
                    ? unknown()
                    : Future.succeededFuture(request(rows.iterator().next())));
  }

  static Future<AbsencePage> list(
      SqlConnection connection, UUID school, AbsenceQuery query, Optional<UUID> guardian) {
    Tuple parameters =
        Tuple.tuple()
            .addUUID(school)
            .addString(query.status().map(Enum::name).orElse(null))
            .addUUID(query.studentId().orElse(null))
            .addLocalDate(query.from().orElse(null))
            .addLocalDate(query.to().orElse(null))
            .addUUID(query.before().orElse(null))
            .addUUID(guardian.orElse(null))
            .addInteger(query.limit() + 1);
    return connection
        .preparedQuery(AbsenceSql.LIST)
        .execute(parameters)
        .map(
            rows ->
                AbsencePage.of(rows.stream().map(AbsenceRows::request).toList(), query.limit()));
  }

  /** Why a request that is asked about was not found pending: NOT_FOUND or CONFLICT. */
  static <T> Future<T> notPending(
      SqlConnection connection, UUID school, UUID id, Optional<UUID> guardian) {
    return connection
        .preparedQuery(AbsenceSql.STATUS)
        .execute(Tuple.tuple().addUUID(school).addUUID(id).addUUID(guardian.orElse(null)))
        .compose(
            rows ->
                rows.size() == 0
                    ? unknown()
                    : failed(
                        Kind.CONFLICT,
                        "This request was %s already."
                            .formatted(
                                rows.iterator()
                                    .next()
                                    .getString("status")
                                    .toLowerCase(Locale.ROOT))));
  }

  /** Fails with CONFLICT when a request that is pending or approved is about some of the days. */
  static Future<Void> requireFree(SqlConnection connection, UUID school, AbsenceWish wish) {
    return connection
        .preparedQuery(AbsenceSql.OVERLAPPING)
        .execute(Tuple.of(school, wish.studentId(), wish.from(), wish.to()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.succeededFuture();
              }
              Row other = rows.iterator().next();
              return failed(
                  Kind.CONFLICT,
                  "There is a request for some of these days already, from %s to %s."
                      .formatted(other.getLocalDate("from_date"), other.getLocalDate("to_date")));
            });
  }

  static <T> Future<T> unknown() {
    return failed(Kind.NOT_FOUND, "There is no such request.");
  }

  static <T> Future<T> failed(Kind kind, String detail) {
    return Future.failedFuture(Failure.of(kind, detail).asException());
  }

  private static AbsenceRequest request(Row row) {
    return new AbsenceRequest(
        row.getUUID("id"),
        named(row, "student_id", "student"),
        named(row, "course_id", "course"),
        Optional.ofNullable(row.getUUID("guardian_id"))
            .map(guardian -> new Named(guardian, row.getString("guardian"))),
        new AbsenceWish(
            row.getUUID("student_id"),
            AbsenceType.valueOf(row.getString("type")),
            row.getLocalDate("from_date"),
            row.getLocalDate("to_date"),
            Optional.ofNullable(row.getString("note"))),
        row.getBoolean("attached"),
        AbsenceStatus.valueOf(row.getString("status")),
        row.getOffsetDateTime("submitted_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("resolved_at")).map(at -> resolution(row, at)));
  }

  private static Resolution resolution(Row row, OffsetDateTime at) {
    return new Resolution(
        at.toInstant(),
        Optional.ofNullable(row.getString("resolved_by")),
        Optional.ofNullable(row.getString("resolution_reason")));
  }

  private static Named named(Row row, String id, String name) {
    return new Named(row.getUUID(id), row.getString(name));
  }
}
