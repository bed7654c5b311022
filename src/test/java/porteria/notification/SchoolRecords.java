package porteria.notification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import porteria.embedded.PostgresAccess;
import porteria.outbox.Announcements;
import porteria.testkit.Sql;

/** What a school has written down, put there and read by the superuser. */
final class SchoolRecords implements AutoCloseable {

  static final String BOTH = "[\"WHATSAPP\",\"EMAIL\"]";
  static final String ONLY_EMAIL = "[\"EMAIL\"]";
  static final String ONLY_WHATSAPP = "[\"WHATSAPP\"]";
  static final String NONE = "[]";

  private static final String RECORD_SCAN =
      """
      WITH event AS (
        INSERT INTO attendance_event (school_id, student_id, device_id, gate_id, local_seq,
          fingerprint, received_at, occurred_at, type, source, flags)
        VALUES (?, ?, uuidv7(), ?, ?, 1, ?, ?, ?, 'NFC', 0)
        RETURNING school_id, id, type, student_id
      ), announced AS (
      """
          + Announcements.INSERT_INTO
          + """
            SELECT school_id, id, CASE type WHEN 'IN' THEN 'ENTRY' ELSE 'EXIT' END, student_id
            FROM event
          )
          SELECT id FROM event
          """;

  private final Sql sql;
  private final AtomicLong numbers = new AtomicLong();

  SchoolRecords(PostgresAccess superuser) {
    this.sql = new Sql(superuser);
  }

  /** Forgets every pupil, family and message; the schools stay, as their audit trail must. */
  void clear() {
    lines(
        "TRUNCATE course, gate, guardian, attendance_event, announcement, sending_pause,"
            + " contact_suppression CASCADE");
  }

  /** A school with one course and the gate "Puerta Norte". */
  School school(String timezone) {
    long number = numbers.incrementAndGet();
    UUID school =
        id(
            "INSERT INTO school (slug, name, timezone, created_at) VALUES (?, ?, ?, now())"
                + " RETURNING id",
            "school-" + number,
            "Colegio Uno",
            timezone);
    UUID course =
        id(
            "INSERT INTO course (school_id, name, grade) VALUES (?, '4.º Básico B', '4')"
                + " RETURNING id",
            school);
    UUID gate =
        id(
            "INSERT INTO gate (school_id, code, name) VALUES (?, 'N', 'Puerta Norte') RETURNING id",
            school);
    return new School(school, course, gate);
  }

  UUID student(School school, String name) {
    return id(
        "INSERT INTO student (school_id, full_name, course_id) VALUES (?, ?, ?) RETURNING id",
        school.id(),
        name,
        school.course());
  }

  /**
   * A guardian of these pupils.
   *
   * @param channels a JSON array, chosen for entries and exits
   */
  UUID guardian(School school, String language, String channels, UUID... students) {
    UUID guardian =
        id(
            "INSERT INTO guardian (school_id, full_name, language, notification_prefs)"
                + " VALUES (?, 'María Soto', ?, jsonb_build_object('INGRESO_OK', ?::jsonb,"
                + " 'SALIDA_OK', ?::jsonb)) RETURNING id",
            school.id(),
            language,
            channels,
            channels);
    for (UUID student : students) {
      id(
          "INSERT INTO student_guardian (school_id, student_id, guardian_id) VALUES (?, ?, ?)"
              + " RETURNING student_id",
          school.id(),
          student,
          guardian);
    }
    return guardian;
  }

  /** Gives a guardian a phone or, with an at sign, a mailbox. */
  void contact(School school, UUID guardian, String address) {
    id(
        "INSERT INTO guardian_contact (school_id, guardian_id, channel, address)"
            + " VALUES (?, ?, ?, ?) RETURNING id",
        school.id(),
        guardian,
        address.contains("@") ? "EMAIL" : "WHATSAPP",
        address);
  }

  /** A scan and its announcement, as the scan's own statement writes them. */
  UUID scan(School school, UUID student, String type, Instant at) {
    return id(
        RECORD_SCAN,
        school.id(),
        student,
        school.gate(),
        numbers.incrementAndGet(),
        at.atOffset(ZoneOffset.UTC),
        at.atOffset(ZoneOffset.UTC),
        type);
  }

  /** Runs a statement that returns an id. */
  UUID id(String sql, Object... parameters) {
    return this.sql.id(sql, parameters);
  }

  long number(String sql, Object... parameters) {
    return this.sql.number(sql, parameters);
  }

  /** The rows of a query, their columns separated by a space. */
  List<String> lines(String sql, Object... parameters) {
    return this.sql.lines(sql, parameters);
  }

  /** Every notification: cause, channel, address and status, in the order of cause and address. */
  List<String> notifications() {
    return lines(
        "SELECT cause, channel, address, status FROM notification ORDER BY cause, address, id");
  }

  long announcements() {
    return number("SELECT count(*) FROM announcement");
  }

  @Override
  public void close() {
    sql.close();
  }

  /** A school's keys. */
  record School(UUID id, UUID course, UUID gate) {}
}
