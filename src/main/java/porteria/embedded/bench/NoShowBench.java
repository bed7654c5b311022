package porteria.embedded.bench;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import porteria.schedule.NoShowSql;

/**
 * The daily check of a school of 30,000, of whom one in ten is missing: our statement, the least
 * SQL that leaves the same rows, and a query for each pupil. They take turns, as the worker role,
 * and each turn begins with the same rows.
 */
final class NoShowBench {

  static final int PUPILS = 30_000;
  static final int MISSING = 3_000;

  private static final double MOST_OVER_BARE = 2;
  private static final double LEAST_UNDER_ONE_BY_ONE = 50;
  private static final UUID SCHOOL = UUID.fromString("00000000-0000-7000-8000-00000000aa01");

  private static final String WRITE =
      """
      INSERT INTO school (id, slug, name, timezone, created_at)
      VALUES ('%1$s', 'noshow', 'Bench', 'America/Santiago', now() - interval '1 day');
      INSERT INTO gate (school_id, code, name) VALUES ('%1$s', 'GATE-1', 'Gate');
      INSERT INTO device (school_id, code, gate_id, token_hash, reported_at, queue_len)
      SELECT school_id, 'KIOSK-1', id, sha256('a kiosk that nobody asks'), now() + interval '1 day', 0
      FROM gate WHERE school_id = '%1$s';
      INSERT INTO course (school_id, name, grade)
      SELECT '%1$s', 'Course ' || n, '1' FROM generate_series(1, 20) n;
      INSERT INTO student (school_id, full_name, course_id)
      SELECT '%1$s', 'Pupil ' || n, course.id
      FROM generate_series(0, %2$d - 1) n
      JOIN (SELECT id, row_number() OVER () - 1 AS place FROM course WHERE school_id = '%1$s') course
        ON course.place = n %% 20;
      INSERT INTO attendance_event (school_id, student_id, device_id, gate_id, local_seq, fingerprint,
        received_at, occurred_at, type, source, flags)
      SELECT s.school_id, s.id, d.id, d.gate_id, row_number() OVER (), 0, now(), now(), 'IN', 'NFC', 0
      FROM student s JOIN device d ON d.school_id = s.school_id
      WHERE s.school_id = '%1$s' AND substring(s.full_name FROM 7)::integer >= %3$d;
      INSERT INTO planned_check (school_id, course_id, day, in_time, due_at, until)
      SELECT school_id, id, (now() AT TIME ZONE 'America/Santiago')::date, '08:00',
        now() - interval '1 minute', now() + interval '1 day'
      FROM course WHERE school_id = '%1$s';
      ANALYZE student, attendance_event, planned_check, course, device;
      """
          .formatted(SCHOOL, PUPILS, MISSING);

  private static final List<String> BEGIN_AGAIN =
      List.of(
          "DELETE FROM announcement WHERE school_id = '" + SCHOOL + "'",
          "DELETE FROM no_show WHERE school_id = '" + SCHOOL + "'",
          "UPDATE planned_check SET status = 'PLANNED', checked_at = NULL WHERE school_id = '"
              + SCHOOL
              + "'",
          "VACUUM announcement, no_show, planned_check",
          "CHECKPOINT");

  /** No claim, no gates, no absences, one day whose bounds are known. */
  private static final String BARE =
      """
      WITH found AS (
        INSERT INTO no_show (school_id, student_id, course_id, day, in_time, cut_off, until,
          found_at, status, decided_at)
        SELECT s.school_id, s.id, s.course_id, p.day, p.in_time, p.due_at, p.until, now(), 'RAISED',
          now()
        FROM planned_check p
        JOIN student s ON s.school_id = p.school_id AND s.course_id = p.course_id
        WHERE p.school_id = '%1$s' AND NOT EXISTS (
          SELECT FROM attendance_event e
          WHERE e.school_id = s.school_id AND e.student_id = s.id
            AND e.occurred_at >= now() - interval '12 hours')
        RETURNING school_id, id, student_id
      )
      INSERT INTO announcement (school_id, cause_id, cause, student_id)
      SELECT school_id, id, 'NO_SHOW', student_id FROM found
      """
          .formatted(SCHOOL);

  private static final String SEEN =
      """
      SELECT EXISTS (
        SELECT FROM attendance_event
        WHERE school_id = ? AND student_id = ? AND occurred_at >= now() - interval '12 hours')
      """;

  private static final String ALARM =
      """
      WITH found AS (
        INSERT INTO no_show (school_id, student_id, course_id, day, in_time, cut_off, until,
          found_at, status, decided_at)
        SELECT s.school_id, s.id, s.course_id, p.day, p.in_time, p.due_at, p.until, now(), 'RAISED',
          now()
        FROM student s
        JOIN planned_check p ON p.school_id = s.school_id AND p.course_id = s.course_id
        WHERE s.school_id = ? AND s.id = ?
        RETURNING school_id, id, student_id
      )
      INSERT INTO announcement (school_id, cause_id, cause, student_id)
      SELECT school_id, id, 'NO_SHOW', student_id FROM found
      """;

  private final Connection superuser;
  private final Connection worker;
  private final PrintStream out;

  /** A way of finding the missing. */
  private interface Way {
    void find() throws SQLException;
  }

  NoShowBench(Connection superuser, Connection worker, PrintStream out) {
    this.superuser = superuser;
    this.worker = worker;
    this.out = out;
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException when a way leaves other rows than it should
   */
  NoShowResult run(int rounds) throws SQLException {
    execute(superuser, WRITE);
    execute(worker, "PREPARE ours (timestamptz, integer) AS " + NoShowSql.CHECK);
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("ours", () -> execute(worker, "EXECUTE ours (now(), 200)"));
    ways.put("bare", () -> execute(worker, BARE));
    ways.put("one by one", this::oneByOne);
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        double taken = turn(way.getValue());
        out.printf("no-shows  %-10s %,10.1f ms%n", way.getKey(), taken);
        // The first round warms up.
        if (round > 0) {
          millis.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(taken);
        }
      }
    }
    return new NoShowResult(millis, MOST_OVER_BARE, LEAST_UNDER_ONE_BY_ONE);
  }

  private double turn(Way way) throws SQLException {
    for (String statement : BEGIN_AGAIN) {
      execute(superuser, statement);
    }
    long begun = System.nanoTime();
    way.find();
    double taken = (System.nanoTime() - begun) / 1e6;
    try (Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM no_show WHERE school_id = '%1$s' AND status = 'RAISED'), (SELECT count(*) FROM announcement WHERE school_id = '%1$s')"
                    .formatted(SCHOOL))) {
      row.next();
      if (row.getLong(1) != MISSING || row.getLong(2) != MISSING) {
        throw new IllegalStateException(
            "%d pupils were found and %d announced instead of %d"
                .formatted(row.getLong(1), row.getLong(2), MISSING));
      }
    }
    return taken;
  }

  private void oneByOne() throws SQLException {
    try (PreparedStatement seen = worker.prepareStatement(SEEN);
        PreparedStatement alarm = worker.prepareStatement(ALARM)) {
      for (UUID pupil : pupils()) {
        seen.setObject(1, SCHOOL);
        seen.setObject(2, pupil);
        boolean came;
        try (ResultSet row = seen.executeQuery()) {
          row.next();
          came = row.getBoolean(1);
        }
        if (!came) {
          alarm.setObject(1, SCHOOL);
          alarm.setObject(2, pupil);
          alarm.executeUpdate();
        }
      }
    }
  }

  private List<UUID> pupils() throws SQLException {
    List<UUID> pupils = new ArrayList<>(PUPILS);
    try (Statement statement = worker.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id FROM student WHERE school_id = '" + SCHOOL + "'")) {
      while (rows.next()) {
        pupils.add(rows.getObject(1, UUID.class));
      }
    }
    return pupils;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
