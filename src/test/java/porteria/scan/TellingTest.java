package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.SettableClock;
import porteria.testkit.Telling;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** What families read of scans. */
@Telling
@ExtendWith(RunningServerExtension.class)
class TellingTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;
  private final String phone;

  TellingTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
    phone = school.guardianOf(ana);
  }

  @Test
  void families_read_when_their_child_came_and_left_and_where() {
    kiosk.in(ana, Instant.parse("2026-06-10T11:10:00Z"));
    school.south().out(ana, Instant.parse("2026-06-10T11:25:00Z"));
    await().until(() -> server.told(phone).size() == 2);
    assertThat(server.told(phone))
        .containsExactlyInAnyOrder(
            "Llegó al colegio: Ana Rojas entró a las 07:10 por Puerta Norte. Que tenga un buen día.",
            "Salió del colegio: Ana Rojas, a las 07:25 por Puerta Sur. Que llegue bien.");
  }

  @Test
  void the_time_is_the_schools_on_that_day_also_when_the_clocks_have_changed_meanwhile() {
    // Santiago's clocks go back an hour at midnight before Sunday, 5 April 2026.
    SettableClock clock = server.clock();
    Instant before = clock.instant();
    clock.advance(Duration.between(before, Instant.parse("2026-04-05T04:10:00Z")));
    try {
      kiosk.in(ana, Instant.parse("2026-04-05T02:30:00Z"));
      kiosk.out(ana, Instant.parse("2026-04-05T04:05:00Z"));
      await().until(() -> server.told(phone).size() == 2);
      assertThat(server.told(phone))
          .containsExactlyInAnyOrder(
              "Llegó al colegio: Ana Rojas entró a las 23:30 por Puerta Norte. Que tenga un buen"
                  + " día.",
              "Salió del colegio: Ana Rojas, a las 00:05 por Puerta Norte. Que llegue bien.");
    } finally {
      clock.advance(Duration.between(clock.instant(), before));
    }
  }

  @Test
  void who_came_left_and_came_within_a_minute_is_corrected_of_the_entry_taken_back() {
    Instant came = server.now();
    kiosk.in(ana, came);
    server.clock().advance(Duration.ofSeconds(20));
    kiosk.out(ana, server.now());
    server.clock().advance(Duration.ofSeconds(20));
    String again = kiosk.in(ana, server.now()).get("event_id");
    await().until(() -> sent(again) == 1 && server.told(phone).size() == 3);
    assertThat(kiosk.annul(again).json().getBoolean("families_told")).isTrue();
    await().until(() -> server.told(phone).size() == 4);
    assertThat(server.told(phone).getLast()).startsWith("Corrección");
  }

  @Test
  void who_was_told_is_told_of_the_correction() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    await().until(() -> sent(event) == 1);
    Reply reply = kiosk.annul(event);
    assertThat(reply.json().getBoolean("families_told")).isTrue();
    await().until(() -> server.told(phone).size() == 2);
    assertThat(server.told(phone).getLast())
        .isEqualTo(
            "Corrección: el ingreso de Ana Rojas a las 07:30 por Puerta Norte fue registrado por"
                + " error.");
    assertThat(kiosk.annul(event).json()).isEqualTo(reply.json());
    assertThat(corrections(event)).isEqualTo(1);
  }

  @Test
  void a_family_told_of_the_first_of_two_reads_is_corrected_only_when_both_are_taken_back() {
    String first = kiosk.in(ana, server.now().minusSeconds(20)).get("event_id");
    await().until(() -> sent(first) == 1);
    String second = kiosk.in(ana, server.now()).get("event_id");
    assertThat(kiosk.annul(first).json().getBoolean("families_told")).isFalse();
    assertThat(corrections(first)).isZero();
    assertThat(kiosk.annul(second).json().getBoolean("families_told")).isTrue();
    await().until(() -> server.told(phone).size() == 2);
    assertThat(server.told(phone).getLast()).startsWith("Corrección: el ingreso de Ana Rojas");
  }

  @Test
  void a_stale_scan_is_recorded_flagged_and_told_to_nobody() {
    Reply stale = kiosk.in(ana, server.now().minus(Duration.ofHours(2).plusMillis(1)));
    assertThat(stale.status()).isEqualTo(202);
    assertThat(stale.flags()).containsExactly("STALE");
    // The next in line is told, so this one would have been.
    Reply fresh = kiosk.out(ana, server.now().minus(Duration.ofHours(2)));
    assertThat(fresh.flags()).isEmpty();
    await().until(() -> server.told(phone).size() == 1);
    assertThat(server.told(phone).getFirst()).contains("Salió", "05:30");
    assertThat(owed(stale.get("event_id"))).isZero();
    assertThat(school.events()).hasSize(2);
  }

  @Test
  void annulling_a_stale_scan_tells_nobody_either() {
    String event = kiosk.in(ana, server.now().minus(Duration.ofHours(3))).get("event_id");
    assertThat(kiosk.annul(event).json().getBoolean("families_told")).isFalse();
    assertThat(owed(event)).isZero();
  }

  @Test
  void a_double_read_is_told_to_nobody() {
    kiosk.in(ana, server.now().minusSeconds(10));
    String repeat = school.south().in(ana, server.now()).get("event_id");
    kiosk.out(ana, server.now());
    await().until(() -> server.told(phone).size() == 2);
    assertThat(server.told(phone)).filteredOn(text -> text.contains("entró")).hasSize(1);
    assertThat(owed(repeat)).isZero();
  }

  private long sent(String event) {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM notification WHERE cause_id = ?::uuid"
                + " AND status IN ('SENT', 'DELIVERED')",
            event);
  }

  private long corrections(String event) {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM notification WHERE cause_id = ?::uuid AND cause ="
                + " 'ENTRY_ANNULLED'",
            event);
  }

  private long owed(String event) {
    return server
        .sql()
        .number(
            "SELECT (SELECT count(*) FROM notification WHERE cause_id = e.id)"
                + " + (SELECT count(*) FROM announcement WHERE cause_id = e.id)"
                + " FROM attendance_event e WHERE id = ?::uuid",
            event);
  }
}
