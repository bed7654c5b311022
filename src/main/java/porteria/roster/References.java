package porteria.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/**
 * What a request refers to has to be there. Records of another school are not. What was found
 * stays, since no role may delete it.
 */
final class References {

  private static final String COURSES =
      "SELECT count(*) AS found FROM course WHERE school_id = $1 AND id = ANY ($2)";

  private static final String STUDENTS =
      """
      SELECT count(*) AS found FROM student
      WHERE school_id = $1 AND id = ANY ($2) AND erased_at IS NULL
      """;

  private static final String GUARDIANS =
      """
      SELECT count(*) AS found FROM guardian
      WHERE school_id = $1 AND id = ANY ($2) AND erased_at IS NULL
      """;

  private References() {}

  static Future<Void> course(SqlConnection connection, UUID school, UUID id) {
    return require(connection, COURSES, school, List.of(id), "/course_id");
  }

  static Future<Void> student(SqlConnection connection, UUID school, UUID id) {
    return require(connection, STUDENTS, school, List.of(id), "/student_id");
  }

  static Future<Void> guardian(SqlConnection connection, UUID school, UUID id) {
    return require(connection, GUARDIANS, school, List.of(id), "/guardian_id");
  }

  /** All of them, each named once. */
  static Future<Void> guardians(SqlConnection connection, UUID school, List<UUID> ids) {
    return require(connection, GUARDIANS, school, ids, "/guardian_ids");
  }

  private static Future<Void> require(
      SqlConnection connection, String sql, UUID school, List<UUID> ids, String pointer) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school, (Object) ids.toArray(UUID[]::new)))
        .compose(
            rows ->
                rows.iterator().next().getLong("found") == ids.size()
                    ? Future.succeededFuture()
                    : Future.failedFuture(unknown(pointer).asException()));
  }

  private static Failure unknown(String pointer) {
    return new Failure(
        Failure.Kind.NOT_FOUND,
        "The request refers to something that is not there.",
        List.of(new FieldError(pointer, "allowed is the id of a record of the school")));
  }

  /** The one row of a record that was asked for by its id; fails with NOT_FOUND. */
  static <T> Future<T> one(RowSet<Row> rows, Function<Row, T> read) {
    return rows.size() == 0
        ? Future.failedFuture(
            Failure.of(Failure.Kind.NOT_FOUND, "There is no such record.").asException())
        : Future.succeededFuture(read.apply(rows.iterator().next()));
  }
}
