package porteria.absence;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

/** Documents are kept as long as photos, from their coming or the last day of absence. */
@ExtendWith(TestServersExtension.class)
@SuppressWarnings("NullAway.Init") // by open
class AttachmentRetentionTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration KEPT = DAY.multipliedBy(60);
  private static final LocalDate TODAY = LocalDate.parse("2026-06-10");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-10T11:30:00Z"));
  private final Vertx vertx = Vertx.vertx();
  private Sql sql;
  private Database database;
  private ObjectStorage storage;
  private UUID school;
  private UUID student;
  private UUID guardian;

  @BeforeEach
  void open(TestServers servers) {
    DatabaseSettings settings = MigratedDatabase.create(servers);
    sql = new Sql(servers.superuser().onDatabase(settings.database()));
    database = Database.open(vertx, settings);
    storage = ObjectStorage.open(vertx, TestStorage.in(servers.s3()));
    school =
        sql.id(
            "INSERT INTO school (slug, name, timezone, created_at)"
                + " VALUES ('uno', 'Uno', 'UTC', now()) RETURNING id");
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
    guardian =
        sql.id(
            "INSERT INTO guardian (school_id, full_name, notification_prefs)"
                + " VALUES (?, 'Rosa', '{}') RETURNING id",
            school);
  }

  @AfterEach
  void close() {
    storage.close().await();
    database.close().await();
    vertx.close().await();
    sql.close();
  }

  @Test
  void a_document_is_kept_for_its_days_and_then_deleted_in_the_store_and_the_database()
      throws Exception {
    String key = document(true, TODAY);
    clock.advance(KEPT);
    assertThat(sweep()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(sweep()).isEqualTo(1);
    assertThat(storage.look(key).await()).isEmpty();
    assertThat(sql.lines("SELECT attachment_ref FROM absence_request")).containsExactly("null");
    assertThat(sql.number("SELECT count(*) FROM absence_attachment")).isZero();
  }

  @Test
  void a_school_may_keep_documents_for_fewer_days_and_never_for_more() throws Exception {
    document(true, TODAY);
    sql.lines("UPDATE school SET retention_days = 10");
    clock.advance(DAY.multipliedBy(10));
    assertThat(sweep()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(sweep()).isEqualTo(1);
    document(true, TODAY);
    sql.lines("UPDATE school SET retention_days = 600");
    clock.advance(KEPT.plusMillis(1));
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void a_document_about_later_days_is_kept_from_the_last_of_them() throws Exception {
    document(true, TODAY.plusDays(30));
    clock.advance(KEPT.plus(DAY.multipliedBy(29)));
    assertThat(sweep()).isZero();
    clock.advance(DAY);
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void an_upload_nobody_completed_is_swept_after_a_day() throws Exception {
    String key = document(false, TODAY);
    clock.advance(DAY);
    assertThat(sweep()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(sweep()).isEqualTo(1);
    assertThat(storage.look(key).await()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE absence_request SET status = 'WITHDRAWN', resolved_at = now()",
        "UPDATE student SET erased_at = now()"
      })
  void what_has_no_purpose_any_more_goes_at_once(String change) throws Exception {
    String key = document(true, TODAY);
    sweep();
    assertThat(storage.look(key).await()).isPresent();
    sql.lines(change);
    sweep();
    assertThat(storage.look(key).await()).isEmpty();
  }

  private int sweep() {
    PhotoSettings settings = new PhotoSettings(KEPT, 1_000, HOUR, DAY, DAY);
    return new AttachmentRetention(database, storage, settings, clock).sweep().await();
  }

  /** The key of a document of now, or of an upload that was begun, with its object. */
  private String document(boolean complete, LocalDate lastDay) throws Exception {
    String key = storage.newKey(school, FileType.PDF);
    sql.lines(
        "WITH request AS ("
            + " INSERT INTO absence_request (school_id, student_id, guardian_id, type, from_date,"
            + " to_date, attachment_ref, status, submitted_at)"
            + " VALUES (?, ?, ?, 'OTHER', ?, ?, NULLIF(?, ''), 'PENDING', now()) RETURNING school_id, id)"
            + " INSERT INTO absence_attachment (school_id, absence_id, object_key, content_type,"
            + " content_length, requested_at, completed_at)"
            + " SELECT school_id, id, ?, 'application/pdf', 3, at, CASE WHEN ? THEN at END"
            + " FROM request, (SELECT ?::timestamptz AS at) given",
        school,
        student,
        guardian,
        lastDay,
        lastDay,
        complete ? key : "",
        key,
        complete,
        clock.instant().atOffset(ZoneOffset.UTC));
    SignedUrls.upload(storage, key, FileType.PDF, "application/pdf");
    return key;
  }
}
