package porteria.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.config.DatabaseSettings;
import porteria.config.PhotoSettings;
import porteria.db.Database;
import porteria.storage.FileType;
import porteria.storage.ObjectStorage;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.SettableClock;
import porteria.testkit.SignedUrls;
import porteria.testkit.Sql;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;
import porteria.testkit.TestStorage;

/** What was kept long enough goes on both sides. */
@ExtendWith(TestServersExtension.class)
@SuppressWarnings("NullAway.Init") // by open
class PhotoRetentionTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final PhotoSettings SETTINGS =
      new PhotoSettings(DAY.multipliedBy(60), 1_000, HOUR, DAY, DAY);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-10T11:30:00Z"));
  private final Vertx vertx = Vertx.vertx();
  private Sql sql;
  private Database database;
  private ObjectStorage storage;
  private UUID school;
  private UUID student;

  @BeforeEach
  void open(TestServers servers) throws SQLException {
    DatabaseSettings settings = MigratedDatabase.create(servers);
    sql = new Sql(servers.superuser().onDatabase(settings.database()));
    database = Database.open(vertx, settings);
    storage = ObjectStorage.open(vertx, TestStorage.in(servers.s3()));
    school =
        sql.id(
            "INSERT INTO school (slug, name, timezone, photos_allowed, created_at)"
                + " VALUES ('uno', 'Uno', 'UTC', true, now()) RETURNING id");
    UUID course =
        sql.id(
            "INSERT INTO course (school_id, name, grade) VALUES (?, '4B', '4') RETURNING id",
            school);
    student =
        sql.id(
            "INSERT INTO student (school_id, full_name, course_id) VALUES (?, 'Ana', ?)"
                + " RETURNING id",
            school,
            course);
    sql.lines(
        "INSERT INTO consent (school_id, student_id, guardian_id, scopes, signed_at)"
            + " SELECT school_id, ?, id, '{PHOTO}', '2026-01-01Z' FROM guardian"
            + " WHERE school_id = ?",
        student,
        sql.id(
            "INSERT INTO guardian (school_id, full_name, notification_prefs)"
                + " VALUES (?, 'Rosa', '{}') RETURNING school_id",
            school));
    sql.lines(
        "INSERT INTO student_guardian (school_id, student_id, guardian_id)"
            + " SELECT school_id, student_id, guardian_id FROM consent WHERE student_id = ?",
        student);
  }

  @AfterEach
  void close() throws SQLException {
    storage.close().await();
    database.close().await();
    vertx.close().await();
    sql.close();
  }

  @Test
  void photos_are_kept_for_their_days_and_then_deleted_in_the_store_and_the_database()
      throws Exception {
    String key = photo(true);
    clock.advance(DAY.multipliedBy(60));
    assertThat(sweep()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(sweep()).isEqualTo(1);
    assertThat(storage.look(key).await()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void a_school_may_keep_photos_for_fewer_days_and_never_for_more() throws Exception {
    photo(true);
    sql.lines("UPDATE school SET retention_days = 10");
    clock.advance(DAY.multipliedBy(10));
    assertThat(sweep()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(sweep()).isEqualTo(1);
    photo(true);
    sql.lines("UPDATE school SET retention_days = 600");
    clock.advance(DAY.multipliedBy(60).plusMillis(1));
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void an_upload_nobody_completed_is_swept_after_a_day() throws Exception {
    String key = photo(false);
    clock.advance(DAY);
    assertThat(sweep()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(sweep()).isEqualTo(1);
    assertThat(storage.look(key).await()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE student SET erased_at = now() WHERE school_id = ?",
        "UPDATE consent SET expires_at = signed_at WHERE school_id = ?",
        "UPDATE consent SET scopes = '{DATA}' WHERE school_id = ?",
        "UPDATE school SET photos_allowed = false WHERE id = ?"
      })
  void what_may_not_be_kept_any_more_goes_at_once(String change) throws Exception {
    String key = photo(true);
    assertThat(sweep()).isZero();
    assertThat(storage.look(key).await()).isPresent();
    sql.lines(change, school);
    sweep();
    assertThat(storage.look(key).await()).isEmpty();
  }

  @Test
  void what_is_uploaded_again_while_its_url_is_good_is_deleted_again() throws Exception {
    String key = photo(true);
    sql.lines("UPDATE school SET photos_allowed = false");
    assertThat(sweep()).as("the row waits for the URL to end").isZero();
    upload(key);
    assertThat(sweep()).isZero();
    assertThat(storage.look(key).await()).isEmpty();
    upload(key);
    clock.advance(DAY.plusMillis(1));
    assertThat(sweep()).isEqualTo(1);
    assertThat(storage.look(key).await()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void what_was_still_under_way_when_its_url_ended_is_deleted_too() throws Exception {
    String key = photo(false);
    sql.lines("UPDATE school SET photos_allowed = false");
    clock.advance(HOUR.plusMinutes(14));
    assertThat(sweep()).as("a PUT of the last second may be under way").isZero();
    upload(key);
    clock.advance(Duration.ofMinutes(1).plusMillis(1));
    assertThat(sweep()).isEqualTo(1);
    assertThat(storage.look(key).await()).isEmpty();
  }

  @Test
  void a_photo_that_the_store_does_not_delete_keeps_no_other_and_is_told_of(TestServers servers)
      throws Exception {
    String stubborn = photo(true);
    photo(true);
    photo(true);
    clock.advance(DAY.multipliedBy(61));
    HttpServer store =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .response()
                        .setStatusCode(request.uri().endsWith(stubborn) ? 403 : 204)
                        .end())
            .listen(0, "127.0.0.1")
            .await();
    ObjectStorage refusing =
        ObjectStorage.open(
            vertx,
            TestStorage.at(servers.s3(), URI.create("http://127.0.0.1:" + store.actualPort())));
    PhotoRetention retention = new PhotoRetention(database, refusing, SETTINGS, clock);
    assertThatThrownBy(() -> retention.sweep().await()).hasMessageContaining("not delete 1 files");
    assertThat(sql.lines("SELECT object_key FROM photo")).containsExactly(stubborn);
    refusing.close().await();
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void more_photos_than_a_page_are_all_looked_at() throws Exception {
    photo(true);
    sql.lines(
        "INSERT INTO photo (school_id, event_id, object_key, content_type, content_length,"
            + " requested_at) SELECT school_id, event_id, 'key ' || n, content_type, 1, requested_at"
            + " FROM photo, generate_series(1, 1200) n");
    clock.advance(DAY.plusMillis(1));
    assertThat(sweep()).isEqualTo(1_200);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void what_was_killed_between_the_two_sides_is_finished_the_next_time() throws Exception {
    String key = photo(true);
    photo(true);
    storage.delete(List.of(key)).await();
    clock.advance(DAY.multipliedBy(61));
    assertThat(sweep()).isEqualTo(2);
    assertThat(rows()).isZero();
  }

  @Test
  void while_the_store_does_not_answer_the_rows_stay(TestServers servers) throws Exception {
    photo(true);
    clock.advance(DAY.multipliedBy(61));
    ObjectStorage gone =
        ObjectStorage.open(vertx, TestStorage.at(servers.s3(), URI.create("http://127.0.0.1:9")));
    PhotoRetention retention = new PhotoRetention(database, gone, SETTINGS, clock);
    assertThatThrownBy(() -> retention.sweep().await()).hasMessageContaining("does not answer");
    assertThat(rows()).isEqualTo(1);
    gone.close().await();
    assertThat(sweep()).isEqualTo(1);
  }

  private int sweep() {
    return new PhotoRetention(database, storage, SETTINGS, clock).sweep().await();
  }

  private long rows() {
    return sql.number("SELECT count(*) FROM photo");
  }

  /** The key of a photo, or of an upload that was begun, of now, with its object. */
  private String photo(boolean complete) throws Exception {
    UUID event =
        sql.id(
            "INSERT INTO attendance_event (school_id, student_id, device_id, gate_id, local_seq,"
                + " fingerprint, received_at, occurred_at, type, source, flags)"
                + " VALUES (?, ?, uuidv7(), uuidv7(), 1, 1, now(), now(), 'IN', 'NFC', 0)"
                + " RETURNING id",
            school,
            student);
    String key = school + "/" + event + ".jpg";
    sql.lines(
        "INSERT INTO photo (school_id, event_id, object_key, content_type, content_length,"
            + " requested_at, completed_at)"
            + " SELECT ?, ?, ?, 'image/jpeg', 3, at, CASE WHEN ? THEN at END"
            + " FROM (SELECT ?::timestamptz AS at) given",
        school,
        event,
        key,
        complete,
        clock.instant().atOffset(ZoneOffset.UTC));
    upload(key);
    return key;
  }

  private void upload(String key) throws Exception {
    SignedUrls.upload(storage, key, FileType.JPEG, "image/jpeg");
  }
}
