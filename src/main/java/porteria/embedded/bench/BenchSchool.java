package porteria.embedded.bench;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import porteria.config.Secret;
import porteria.device.DeviceTokens;
import porteria.domain.CardTokens;

/**
 * A school so large that nobody scans twice in a round, since a double read would be owed nothing.
 *
 * @param kioskTokens of the kiosks {@link #kioskCode} 0, 1, …
 * @param kiosk the row of the first of them
 */
record BenchSchool(UUID id, UUID gate, UUID kiosk, List<String> kioskTokens) {

  static final int PUPILS = 120_000;
  static final String GATE_CODE = "GATE-1";

  private static final int KIOSKS = 8;
  private static final int CHUNK = 20_000;

  static BenchSchool make() {
    SecureRandom random = new SecureRandom();
    return new BenchSchool(
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        Stream.generate(() -> DeviceTokens.newToken(random)).limit(KIOSKS).toList());
  }

  static String kioskCode(int kiosk) {
    return "KIOSK-" + kiosk;
  }

  /** What the card of the pupil of this number says: as long as real ones, 22 characters. */
  static String cardToken(int pupil) {
    return "bench%017d".formatted(pupil);
  }

  /** Writes the school; {@code bench.card} lists the cards' hashes by the pupils' numbers. */
  void write(Connection superuser, BenchSecrets secrets) throws SQLException {
    UUID course = UUID.randomUUID();
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          """
          INSERT INTO school (id, slug, name, timezone, created_at)
          VALUES ('%1$s', 'bench', 'Bench', 'America/Santiago', now());
          INSERT INTO course (school_id, id, name, grade) VALUES ('%1$s', '%2$s', '1A', '1');
          INSERT INTO gate (school_id, id, code, name) VALUES ('%1$s', '%3$s', '%4$s', 'Gate');
          """
              .formatted(id, course, gate, GATE_CODE));
    }
    writeKiosks(superuser, new DeviceTokens(List.of(new Secret(secrets.secretKey()))));
    writeCards(
        superuser, new CardTokens(bytes(secrets.tagSecret()), bytes(secrets.tagSigningKey())));
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          """
          INSERT INTO student (school_id, id, full_name, course_id)
          SELECT '%1$s', student_id, 'Pupil ' || n, '%2$s' FROM bench.card ORDER BY n;
          INSERT INTO tag (school_id, student_id, kind, token_hash, created_at)
          SELECT '%1$s', student_id, 'NFC', token_hash, now() - interval '1 day'
          FROM bench.card ORDER BY n;
          ANALYZE;
          """
              .formatted(id, course));
    }
  }

  private void writeKiosks(Connection superuser, DeviceTokens tokens) throws SQLException {
    try (PreparedStatement statement =
        superuser.prepareStatement(
            """
            INSERT INTO device (school_id, id, code, gate_id, token_hash)
            VALUES (?, ?, ?, ?, ?)
            """)) {
      for (int i = 0; i < kioskTokens.size(); i++) {
        statement.setObject(1, id);
        statement.setObject(2, i == 0 ? kiosk : UUID.randomUUID());
        statement.setString(3, kioskCode(i));
        statement.setObject(4, gate);
        statement.setBytes(5, tokens.hash(kioskTokens.get(i)));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void writeCards(Connection superuser, CardTokens tokens) throws SQLException {
    try (PreparedStatement statement =
        superuser.prepareStatement(
            """
            INSERT INTO bench.card (n, token_hash)
            SELECT ? + ord - 1, hash FROM unnest(?::bytea[]) WITH ORDINALITY AS card (hash, ord)
            """)) {
      for (int first = 0; first < PUPILS; first += CHUNK) {
        byte[][] hashes =
            IntStream.range(first, first + CHUNK)
                .mapToObj(pupil -> tokens.hash(cardToken(pupil)))
                .toArray(byte[][]::new);
        statement.setInt(1, first);
        statement.setArray(2, superuser.createArrayOf("bytea", hashes));
        statement.execute();
      }
    }
  }

  private static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
