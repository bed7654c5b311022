package porteria.embedded.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * As many messages as families, all due at once, and what becomes of them.
 *
 * @param table {@link #OURS}, or {@link #COPY}, which our server does not look into
 */
record FullOutbox(Connection superuser, BenchSchool school, String table) {

  static final int MESSAGES = 100_000;

  static final String OURS = "notification";

  /** With the same columns, indexes and settings. */
  static final String COPY = "bench.notification";

  /** A family for each of the first pupils; the school must have been written. */
  private static final String FAMILIES =
      """
      CREATE TABLE bench.notification (LIKE notification INCLUDING ALL);
      GRANT SELECT, UPDATE ON bench.notification TO porteria_worker;
      CREATE TABLE bench.family AS
      SELECT n, student_id, uuidv7() AS guardian_id, '+569' || lpad(n::text, 8, '0') AS phone
      FROM bench.card WHERE n < {messages};
      INSERT INTO guardian (school_id, id, full_name, language, notification_prefs)
      SELECT '{school}', guardian_id, 'Guardian ' || n, 'es', '{"INGRESO_OK": ["WHATSAPP"]}'
      FROM bench.family;
      INSERT INTO guardian_contact (school_id, guardian_id, channel, address)
      SELECT '{school}', guardian_id, 'WHATSAPP', phone FROM bench.family;
      INSERT INTO student_guardian (school_id, student_id, guardian_id)
      SELECT '{school}', student_id, guardian_id FROM bench.family;
      """;

  /** Senders see all of it at once, with its statistics, when it is committed. */
  private static final String FILL =
      """
      INSERT INTO {table} (school_id, cause_id, cause, student_id, guardian_id, type, channel,
        address, template, language, payload, lane, status, due_at, created_at)
      SELECT '{school}', uuidv7(), 'ENTRY', student_id, guardian_id, 'INGRESO_OK', 'WHATSAPP',
        phone, 'ingreso_ok', 'es',
        jsonb_build_object('student', 'Pupil ' || n, 'gate', 'Gate', 'school', 'Bench',
          'day', '2026-11-23', 'time', '07:55'),
        0, 'QUEUED', now(), now()
      FROM bench.family
      ORDER BY n;
      ANALYZE {table};
      """;

  private static final String WAITS =
      """
      SELECT EXISTS (SELECT FROM {table} WHERE status = 'QUEUED')
        OR EXISTS (SELECT FROM {table} WHERE status = 'SENDING')
      """;

  private static final String SENT =
      """
      SELECT count(*) FROM {table}
      WHERE status = 'SENT' AND attempt = 1 AND provider_message_id IS NOT NULL
      """;

  private static final String SCANS =
      """
      SELECT n.id, e.local_seq
      FROM notification n
      JOIN attendance_event e ON e.school_id = n.school_id AND e.id = n.cause_id
      """;

  /** The one that our server does not look into. */
  FullOutbox copy() {
    return new FullOutbox(superuser, school, COPY);
  }

  void writeFamilies() throws SQLException {
    execute(filled(FAMILIES));
    execute("VACUUM ANALYZE guardian, guardian_contact, student_guardian");
  }

  void empty() throws SQLException {
    execute(
        "TRUNCATE notification, bench.notification, announcement, attendance_event, photo, scan_rejection");
    execute("CHECKPOINT");
  }

  /** Fills it for when it is opened. */
  void load() throws SQLException {
    empty();
    superuser.setAutoCommit(false);
    execute(filled(FILL));
  }

  /** Lets senders see what it was filled with, all at one stroke. */
  void open() throws SQLException {
    superuser.commit();
    superuser.setAutoCommit(true);
  }

  /** The scan, by its {@code local_seq}, that each message tells of. */
  Map<UUID, Long> scans() throws SQLException {
    Map<UUID, Long> scans = new HashMap<>();
    try (Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(SCANS)) {
      while (row.next()) {
        scans.put(row.getObject(1, UUID.class), row.getLong(2));
      }
    }
    return scans;
  }

  void pause() throws SQLException {
    execute("SELECT pg_sleep(0.02)");
  }

  /** Whether any message is queued or under way. */
  boolean waits() throws SQLException {
    try (Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(filled(WAITS))) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /**
   * Counts.
   *
   * @throws IllegalStateException when not all were sent at their first attempt
   */
  void requireSent() throws SQLException {
    try (Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(filled(SENT))) {
      row.next();
      if (row.getInt(1) != MESSAGES) {
        throw new IllegalStateException(
            "%,d messages were sent instead of %,d".formatted(row.getInt(1), MESSAGES));
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }

  private String filled(String sql) {
    return sql.replace("{table}", table)
        .replace("{messages}", Integer.toString(MESSAGES))
        .replace("{school}", school.id().toString());
  }
}
