package porteria.embedded.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import porteria.identity.Passwords;

/**
 * The families of a school, each with one phone, who want to be told of other hours and of entries
 * there: those who are told by a broadcast are those who wait for an alert, as in a real school.
 * Every tenth has two pupils. Pupils without a family have left the school.
 */
record BroadcastFamilies(Connection superuser, BenchSchool school, int people) {

  private static final int SIBLINGS_EVERY = 10;

  /** What other measurements have left goes first. */
  private static final String WRITE =
      """
      TRUNCATE guardian, notification, announcement, attendance_event, photo, scan_rejection CASCADE;
      DROP TABLE IF EXISTS bench.broadcast_family;
      CREATE TABLE bench.broadcast_family AS
      SELECT n, student_id, uuidv7() AS guardian_id, '+569' || lpad(n::text, 8, '0') AS phone
      FROM bench.card WHERE n < {people};
      UPDATE student SET inactive_since = now()
      WHERE school_id = '{school}' AND id NOT IN (
        SELECT student_id FROM bench.card WHERE n < {people} + {people} / {siblings});
      INSERT INTO guardian (school_id, id, full_name, language, notification_prefs)
      SELECT '{school}', guardian_id, 'Guardian ' || n, 'es',
        '{"INGRESO_OK": ["WHATSAPP"], "CAMBIO_HORARIO": ["WHATSAPP"]}'
      FROM bench.broadcast_family;
      INSERT INTO guardian_contact (school_id, guardian_id, channel, address)
      SELECT '{school}', guardian_id, 'WHATSAPP', phone FROM bench.broadcast_family;
      INSERT INTO student_guardian (school_id, student_id, guardian_id)
      SELECT '{school}'::uuid, student_id, guardian_id FROM bench.broadcast_family
      UNION ALL
      SELECT '{school}'::uuid, c.student_id, f.guardian_id
      FROM bench.broadcast_family f
      JOIN bench.card c ON c.n = {people} + f.n / {siblings}
      WHERE f.n % {siblings} = 0 AND c.n < {people} + {people} / {siblings};
      DELETE FROM staff_user WHERE email = '{director}';
      INSERT INTO staff_user (school_id, email, full_name, role, password_hash)
      VALUES ('{school}', '{director}', 'Director', 'DIRECTOR', '{hash}');
      """;

  private static final String SCANS =
      """
      SELECT n.id, e.local_seq
      FROM notification n
      JOIN attendance_event e ON e.school_id = n.school_id AND e.id = n.cause_id
      """;

  /**
   * Writes them, and a director.
   *
   * @param password of the {@link Director}
   */
  void write(String password) throws SQLException {
    execute(
        WRITE
            .replace("{people}", Integer.toString(people))
            .replace("{siblings}", Integer.toString(SIBLINGS_EVERY))
            .replace("{school}", school.id().toString())
            .replace("{director}", Director.EMAIL)
            .replace("{hash}", Passwords.hash(password)));
    execute("VACUUM ANALYZE");
    execute("CHECKPOINT");
  }

  /** The scan, by its {@code local_seq}, that each alert tells of. */
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

  /** The phones, in digits alone, that were frozen. */
  Set<String> recipients(Director.Frozen frozen) throws SQLException {
    return first(
        "SELECT ltrim(address, '+') FROM broadcast_recipient WHERE broadcast_id = '%s'"
            .formatted(frozen.id()));
  }

  /** The messages of a broadcast that are offered to the provider now, as far as is known. */
  Set<UUID> underWay(Director.Frozen frozen) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    String asked =
        "SELECT id::text FROM notification WHERE status = 'SENDING' AND cause_id = '%s'"
            .formatted(frozen.id());
    first(asked).forEach(id -> ids.add(UUID.fromString(id)));
    return ids;
  }

  void pause() throws SQLException {
    execute("SELECT pg_sleep(0.1)");
  }

  private Set<String> first(String query) throws SQLException {
    Set<String> values = new HashSet<>();
    try (Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }
}
