package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.notification.SchoolRecords.BOTH;
import static porteria.notification.SchoolRecords.ONLY_WHATSAPP;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.notification.SchoolRecords.School;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** More messages of a broadcast are in trouble than one statement looks at, and one alert after. */
@ExtendWith(TestServersExtension.class)
class AlertsFirstTest {

  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  private static final int CROWD = 1_200;

  private static SendingDatabase sending;
  private static SchoolRecords records;
  private School school;
  private UUID family;
  private UUID ana;

  @BeforeAll
  static void open(TestServers servers) throws SQLException {
    sending = new SendingDatabase(servers);
    records = sending.records;
  }

  @AfterAll
  static void close() throws SQLException {
    sending.close();
  }

  @BeforeEach
  void prepare() {
    records.clear();
    school = records.school("America/Santiago");
    ana = records.student(school, "Ana Rojas");
    family = records.guardian(school, "es", BOTH, ana);
    records.contact(school, family, "+56911111111");
    records.contact(school, family, "mama@example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PARKED", "FAILED", "SENT"})
  void a_mail_stands_in_for_the_alert_first(String status) {
    trouble(status);
    sending.upkeep.standIn(NOW).await();
    assertThat(records.lines("SELECT cause, address FROM notification WHERE channel = 'EMAIL'"))
        .containsExactly("ENTRY mama@example.org");
  }

  @Test
  void the_alert_goes_on_first_when_a_pause_ends() {
    trouble("PARKED");
    sending.upkeep.unpark().await();
    assertThat(records.lines("SELECT status FROM notification WHERE lane = 0"))
        .containsExactly("QUEUED");
    assertThat(records.number("SELECT count(*) FROM notification WHERE status = 'PARKED'"))
        .isPositive();
  }

  @Test
  void what_is_parked_ends_when_it_is_no_longer_news() {
    trouble("PARKED");
    records.lines("UPDATE notification SET created_at = '2026-06-10T09:00Z' WHERE lane = 0");
    records.lines("UPDATE notification SET expires_at = ?::timestamptz", NOW.toString());
    records.lines("UPDATE notification SET expires_at = NULL WHERE lane = 0");
    assertThat(sending.giveUp(NOW).await()).hasSize(CROWD + 1);
  }

  private void trouble(String status) {
    UUID other = records.student(school, "Luis Díaz");
    records.lines(
        """
        WITH g AS (
          INSERT INTO guardian (school_id, full_name, notification_prefs)
          SELECT ?, 'Familia', jsonb_build_object('CAMBIO_HORARIO', ?::jsonb)
          FROM generate_series(1, ?)
          RETURNING school_id, id
        )
        INSERT INTO notification (school_id, cause_id, cause, guardian_id, type, channel, address,
          template, language, payload, lane, status, due_at, created_at, sent_at, failure_class)
        SELECT school_id, uuidv7(), 'BROADCAST', id, 'CAMBIO_HORARIO', 'WHATSAPP', '+5698' || row_number() OVER (),
          'cambio_horario', 'es', jsonb_build_object('students', jsonb_build_array(?::text)), 2, ?,
          at, at, at, 'TEMPLATE'
        FROM g, (SELECT ?::timestamptz AS at) AS earlier
        """,
        school.id(),
        ONLY_WHATSAPP,
        CROWD,
        other,
        status,
        NOW.minusSeconds(1_200).atOffset(ZoneOffset.UTC));
    UUID event = records.scan(school, ana, "IN", NOW.minusSeconds(900));
    records.lines("DELETE FROM announcement");
    records.lines(
        """
        INSERT INTO notification (school_id, cause_id, cause, student_id, guardian_id, type, channel,
          address, template, language, payload, lane, status, due_at, created_at, sent_at,
          failure_class)
        SELECT ?, ?, 'ENTRY', ?, ?, 'INGRESO_OK', 'WHATSAPP', '+56911111111', 'ingreso_ok', 'es', '{}',
          0, ?, at, at, at, 'TEMPLATE'
        FROM (SELECT ?::timestamptz AS at) AS later
        """,
        school.id(),
        event,
        ana,
        family,
        status,
        NOW.minusSeconds(600).atOffset(ZoneOffset.UTC));
  }
}
