package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.DatabaseSettings;
import porteria.embedded.S3Access;
import porteria.storage.FileType;
import porteria.storage.ObjectStorage;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.ServerEnvironment;
import porteria.testkit.ServerJvm;
import porteria.testkit.SignedUrls;
import porteria.testkit.Sql;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;
import porteria.testkit.TestStorage;

/** A node that is killed while it deletes photos leaves nothing that the next does not finish. */
@ExtendWith(TestServersExtension.class)
class PhotoRetentionKillTest {

  /** The sweep goes by five hundred at a time: there is a page, and the beginning of another. */
  private static final int OLD = 520;

  private static final int HALF = 250;
  private static final int KEPT = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Vertx vertx = Vertx.vertx();
  private final S3Access s3;
  private final DatabaseSettings database;
  private final Sql sql;
  private final ObjectStorage storage;

  PhotoRetentionKillTest(TestServers servers) {
    s3 = servers.s3();
    database = MigratedDatabase.create(servers);
    sql = new Sql(servers.superuser().onDatabase(database.database()));
    storage = ObjectStorage.open(vertx, TestStorage.in(s3));
  }

  @AfterEach
  void close() {
    storage.close().await();
    vertx.close().await();
    sql.close();
  }

  @Test
  void what_is_killed_while_it_deletes_photos_is_finished_by_the_next_and_nothing_else_goes()
      throws Exception {
    List<String> old = photos(OLD, "now() - interval '61 days'");
    List<String> kept = photos(KEPT, "now()");
    // The rows of the first page cannot go, so the second is not begun before the kill.
    sql.lines("BEGIN");
    sql.lines("SELECT FROM photo WHERE object_key = ? FOR UPDATE", old.getFirst());
    try (ServerJvm one = ServerJvm.start("serve", environment())) {
      await().atMost(PATIENCE).until(() -> rows() > 0 && isGone(old.get(HALF)));
      one.kill();
    }
    assertThat(rows()).as("what S3 lost is known until then").isEqualTo(OLD + KEPT);
    assertThat(isGone(old.getLast())).as("it was killed in the middle").isFalse();
    sql.lines("ROLLBACK");
    try (ServerJvm next = ServerJvm.start("serve", environment())) {
      next.awaitReady();
      await().atMost(PATIENCE).until(() -> rows() == KEPT);
    }
    assertThat(old).allMatch(this::isGone);
    assertThat(kept).noneMatch(this::isGone);
    assertThat(sql.lines("SELECT object_key FROM photo")).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(sql.number("SELECT count(*) FROM attendance_event")).isEqualTo(OLD + KEPT);
  }

  private long rows() {
    return sql.number("SELECT count(*) FROM photo");
  }

  private boolean isGone(String key) {
    return storage.look(key).await().isEmpty();
  }

  /** The keys of so many photos of a time, in the order of the sweep, with their objects. */
  private List<String> photos(int count, String at) throws Exception {
    UUID school = events(count, at);
    sql.lines(
        "INSERT INTO photo (school_id, event_id, object_key, content_type, content_length,"
            + " requested_at, completed_at) SELECT school_id, id, id || '.jpg', 'image/jpeg', 3,"
            + " occurred_at, occurred_at FROM attendance_event WHERE school_id = ?",
        school);
    List<String> keys =
        sql.lines("SELECT object_key FROM photo WHERE school_id = ? ORDER BY id", school);
    for (String key : keys) {
      SignedUrls.upload(storage, key, FileType.JPEG, "image/jpeg");
    }
    return keys;
  }

  /** A school with so many entries of a pupil of whom photos may be kept. */
  private UUID events(int count, String at) {
    return sql.id(
        """
        WITH uno AS (
          INSERT INTO school (slug, name, timezone, photos_allowed, created_at)
          VALUES (gen_random_uuid()::text, 'Uno', 'UTC', true, now()) RETURNING id
        ), course AS (
          INSERT INTO course (school_id, name, grade) SELECT id, '4B', '4' FROM uno
          RETURNING school_id, id
        ), student AS (
          INSERT INTO student (school_id, full_name, course_id) SELECT school_id, 'Ana', id
          FROM course RETURNING school_id, id
        ), guardian AS (
          INSERT INTO guardian (school_id, full_name, notification_prefs) SELECT id, 'Rosa', '{}'
          FROM uno RETURNING school_id, id
        ), linked AS (
          INSERT INTO student_guardian (school_id, student_id, guardian_id)
          SELECT s.school_id, s.id, g.id FROM student s, guardian g
        ), consent AS (
          INSERT INTO consent (school_id, student_id, guardian_id, scopes, signed_at)
          SELECT s.school_id, s.id, g.id, '{PHOTO}', '2020-01-01Z' FROM student s, guardian g
        ), entered AS (
          INSERT INTO attendance_event (school_id, student_id, device_id, gate_id, local_seq,
            fingerprint, received_at, occurred_at, type, source, flags)
          SELECT school_id, id, uuidv7(), uuidv7(), n, 1, %1$s, %1$s, 'IN', 'NFC', 0
          FROM student, generate_series(1, ?) n
        )
        SELECT id FROM uno
        """
            .formatted(at),
        count);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(ServerEnvironment.of(database));
    environment.put("HTTP_PORT", "0");
    environment.put("S3_ENDPOINT", s3.endpoint().toString());
    environment.put("S3_REGION", s3.region());
    environment.put("S3_BUCKET", s3.bucket());
    environment.put("S3_ACCESS_KEY", s3.accessKey());
    environment.put("S3_SECRET_KEY", s3.secretKey());
    return environment;
  }
}
