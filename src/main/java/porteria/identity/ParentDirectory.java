package porteria.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.db.Database;
import porteria.domain.Failure;

/** What a guardian sees of themselves and of their own children. */
public final class ParentDirectory {

  private static final String GUARDIAN =
      """
      SELECT g.full_name, g.language, s.slug, s.name AS school, s.timezone
      FROM guardian g
      JOIN school s ON s.id = g.school_id
      WHERE g.school_id = $1 AND g.id = $2
      """;

  private static final String CHILDREN =
      """
      SELECT p.id, p.full_name, p.course_id, c.name AS course
      FROM student_guardian sg
      JOIN student p ON p.school_id = sg.school_id AND p.id = sg.student_id
      JOIN course c ON c.school_id = p.school_id AND c.id = p.course_id
      WHERE sg.school_id = $1 AND sg.guardian_id = $2
      ORDER BY p.full_name, p.id
      """;

  private final Database database;

  public ParentDirectory(Database database) {
    this.database = database;
  }

  /**
   * A guardian.
   *
   * @param language {@code es}, {@code en} or {@code pt}
   * @param slug the school's short name, in the addresses of its pages
   * @param school its name
   */
  public record Guardian(
      UUID id, String name, String language, String slug, String school, ZoneId zone) {}

  /**
   * A child of a guardian.
   *
   * @param course its name
   */
  public record Child(UUID id, String name, UUID courseId, String course) {}

  /** The guardian of a session; fails with UNAUTHENTICATED when the school has them no more. */
  public Future<Guardian> find(ParentSession session) {
    Tuple guardian = Tuple.of(session.schoolId(), session.guardianId());
    return database
        .inSchool(
            session.schoolId(), connection -> connection.preparedQuery(GUARDIAN).execute(guardian))
        .map(rows -> rows.stream().findFirst().map(row -> guardian(session, row)))
        .compose(ParentDirectory::known);
  }

  /** The children of a guardian by name, as the school has them now. */
  public Future<List<Child>> children(ParentSession session) {
    Tuple guardian = Tuple.of(session.schoolId(), session.guardianId());
    return database
        .inSchool(
            session.schoolId(), connection -> connection.preparedQuery(CHILDREN).execute(guardian))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Child(
                                row.getUUID("id"),
                                row.getString("full_name"),
                                row.getUUID("course_id"),
                                row.getString("course")))
                    .toList());
  }

  private static Guardian guardian(ParentSession session, Row row) {
    return new Guardian(
        session.guardianId(),
        row.getString("full_name"),
        row.getString("language"),
        row.getString("slug"),
        row.getString("school"),
        ZoneId.of(row.getString("timezone")));
  }

  private static Future<Guardian> known(Optional<Guardian> found) {
    return found
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    Failure.of(Failure.Kind.UNAUTHENTICATED, "This session has ended.")
                        .asException()));
  }
}
