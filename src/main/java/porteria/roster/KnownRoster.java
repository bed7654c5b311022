package porteria.roster;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import porteria.domain.Channel;

/**
 * The roster as it is before an import.
 *
 * @param language of the school
 * @param courses by name
 * @param students by number, those that the file names
 * @param guardians all of the school, the oldest first
 */
record KnownRoster(
    String language,
    Map<String, KnownCourse> courses,
    Map<String, KnownStudent> students,
    List<KnownGuardian> guardians) {

  /** A course, and the hours that Monday to Friday share. */
  record KnownCourse(UUID id, String grade, Optional<SchoolHours.Span> hours) {}

  /**
   * A pupil.
   *
   * @param course the name of their course
   */
  record KnownStudent(
      UUID id,
      String fullName,
      UUID courseId,
      String course,
      boolean active,
      List<UUID> guardians) {}

  /** A guardian. */
  record KnownGuardian(
      UUID id,
      String fullName,
      String language,
      boolean active,
      List<String> phones,
      List<String> mailboxes) {

    /** Where a channel reaches them. */
    List<String> addresses(Channel channel) {
      return switch (channel) {
        case WHATSAPP -> phones;
        case EMAIL -> mailboxes;
      };
    }
  }

  /** Reads what the statements of {@link ImportSql} found. */
  static KnownRoster of(
      String language, RowSet<Row> courses, RowSet<Row> students, RowSet<Row> guardians) {
    Map<String, KnownCourse> byName = new HashMap<>();
    for (Row row : courses) {
      byName.put(row.getString("name"), course(row));
    }
    Map<String, KnownStudent> byNumber = new HashMap<>();
    for (Row row : students) {
      byNumber.put(
          row.getString("student_number"),
          new KnownStudent(
              row.getUUID("id"),
              row.getString("full_name"),
              row.getUUID("course_id"),
              row.getString("course"),
              row.getBoolean("active"),
              List.of(row.getArrayOfUUIDs("guardian_ids"))));
    }
    List<KnownGuardian> all = new ArrayList<>();
    for (Row row : guardians) {
      all.add(
          new KnownGuardian(
              row.getUUID("id"),
              row.getString("full_name"),
              row.getString("language"),
              row.getBoolean("active"),
              texts(row.getArrayOfStrings("phones")),
              texts(row.getArrayOfStrings("mailboxes"))));
    }
    return new KnownRoster(language, byName, byNumber, all);
  }

  private static KnownCourse course(Row row) {
    @Nullable LocalTime in = row.getLocalTime("in_time");
    @Nullable LocalTime out = row.getLocalTime("out_time");
    return new KnownCourse(
        row.getUUID("id"),
        row.getString("grade"),
        in == null || out == null ? Optional.empty() : Optional.of(new SchoolHours.Span(in, out)));
  }

  private static List<String> texts(String @Nullable [] array) {
    return array == null ? List.of() : List.of(array);
  }
}
