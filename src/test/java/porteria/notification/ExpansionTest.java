package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.notification.SchoolRecords.BOTH;
import static porteria.notification.SchoolRecords.NONE;
import static porteria.notification.SchoolRecords.ONLY_EMAIL;
import static porteria.notification.SchoolRecords.ONLY_WHATSAPP;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.notification.SchoolRecords.School;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class ExpansionTest {

  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  private static final String SANTIAGO = "America/Santiago";

  private static SendingDatabase sending;
  private static SchoolRecords records;
  private School school;
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
    school = records.school(SANTIAGO);
    ana = records.student(school, "Ana Rojas");
  }

  @Test
  void a_guardian_who_chose_both_is_told_by_whatsapp_alone() {
    UUID guardian = records.guardian(school, "es", BOTH, ana);
    records.contact(school, guardian, "+56911111111");
    records.contact(school, guardian, "m@example.org");
    records.scan(school, ana, "IN", NOW);
    assertThat(expand()).isEqualTo(1);
    assertThat(records.notifications()).containsExactly("ENTRY WHATSAPP +56911111111 QUEUED");
    assertThat(records.announcements()).isZero();
  }

  @Test
  void whatsapp_without_a_number_falls_to_the_mailbox_only_if_email_was_chosen() {
    records.contact(school, records.guardian(school, "es", BOTH, ana), "both@example.org");
    records.contact(school, records.guardian(school, "es", ONLY_WHATSAPP, ana), "w@example.org");
    records.scan(school, ana, "OUT", NOW);
    expand();
    assertThat(records.notifications()).containsExactly("EXIT EMAIL both@example.org QUEUED");
  }

  @Test
  void who_chose_only_email_gets_no_whatsapp_and_who_chose_nothing_gets_nothing() {
    UUID reader = records.guardian(school, "es", ONLY_EMAIL, ana);
    records.contact(school, reader, "+56911111111");
    records.contact(school, reader, "m@example.org");
    records.contact(school, records.guardian(school, "es", NONE, ana), "+56922222222");
    records.guardian(school, "es", BOTH, ana);
    records.scan(school, ana, "IN", NOW);
    expand();
    assertThat(records.notifications()).containsExactly("ENTRY EMAIL m@example.org QUEUED");
  }

  @Test
  void two_guardians_who_share_a_phone_get_one_message_in_the_first_ones_language() {
    UUID first = records.guardian(school, "pt", BOTH, ana);
    UUID second = records.guardian(school, "en", BOTH, ana);
    records.contact(school, first, "+56911111111");
    records.contact(school, second, "+56911111111");
    records.scan(school, ana, "IN", NOW);
    expand();
    assertThat(records.lines("SELECT guardian_id, language FROM notification"))
        .containsExactly(first + " pt");
  }

  @Test
  void a_mailbox_that_two_guardians_write_in_different_case_gets_one_message() {
    UUID first = records.guardian(school, "es", ONLY_EMAIL, ana);
    records.contact(school, first, "Familia@example.org");
    records.contact(school, records.guardian(school, "es", ONLY_EMAIL, ana), "familia@example.org");
    records.scan(school, ana, "IN", NOW);
    expand();
    assertThat(records.lines("SELECT guardian_id, address FROM notification"))
        .containsExactly(first + " Familia@example.org");
  }

  @Test
  void siblings_are_told_of_one_by_one_even_to_the_same_phone() {
    UUID luis = records.student(school, "Luis Rojas");
    UUID mother = records.guardian(school, "es", BOTH, ana, luis);
    records.contact(school, mother, "+56911111111");
    records.scan(school, ana, "IN", NOW);
    records.scan(school, luis, "IN", NOW);
    assertThat(expand()).isEqualTo(2);
    assertThat(records.lines("SELECT payload ->> 'student' FROM notification ORDER BY 1"))
        .containsExactly("Ana Rojas", "Luis Rojas");
  }

  @Test
  void a_guardian_with_several_numbers_is_told_once_at_the_verified_one() {
    UUID guardian = records.guardian(school, "es", BOTH, ana);
    records.contact(school, guardian, "+56911111111");
    records.contact(school, guardian, "+56922222222");
    records.lines(
        "UPDATE guardian_contact SET verified = true WHERE address = '+56922222222' RETURNING id");
    records.scan(school, ana, "IN", NOW);
    expand();
    assertThat(records.notifications()).containsExactly("ENTRY WHATSAPP +56922222222 QUEUED");
  }

  @Test
  void the_time_told_is_the_schools_local_one_on_both_sides_of_a_change_of_the_clocks() {
    records.contact(school, records.guardian(school, "es", BOTH, ana), "+56911111111");
    // Chile left summer time (UTC-3) for winter time (UTC-4) on 5 April 2026.
    for (String time : List.of("2026-04-02T10:52:00Z", "2026-04-06T11:53:59Z")) {
      records.scan(school, ana, "IN", Instant.parse(time));
      sending.rows.expand(Instant.parse(time), 1_000).await();
    }
    assertThat(records.lines("SELECT payload ->> 'time' FROM notification ORDER BY 1"))
        .containsExactly("07:52", "07:53");
  }

  @Test
  void the_payload_names_the_pupil_the_gate_and_the_school() {
    records.contact(school, records.guardian(school, "es", BOTH, ana), "+56911111111");
    records.scan(school, ana, "IN", Instant.parse("2026-06-10T11:52:00Z"));
    expand();
    assertThat(
            records.lines(
                "SELECT payload ->> 'student', payload ->> 'time', payload ->> 'gate',"
                    + " payload ->> 'school', type, template, lane FROM notification"))
        .containsExactly("Ana Rojas 07:52 Puerta Norte Colegio Uno INGRESO_OK ingreso_ok 0");
  }

  @Test
  void an_entry_annulled_before_it_was_announced_is_dropped() {
    records.contact(school, records.guardian(school, "es", BOTH, ana), "+56911111111");
    UUID event = records.scan(school, ana, "IN", NOW);
    records.lines(
        "UPDATE attendance_event SET annulled_at = now(), annul_reason = 'test' WHERE id = ?"
            + " RETURNING id",
        event);
    assertThat(expand()).isEqualTo(1);
    assertThat(records.notifications()).isEmpty();
    assertThat(records.announcements()).isZero();
  }

  @Test
  void an_entry_that_waited_until_the_next_day_is_no_longer_news() {
    records.contact(school, records.guardian(school, "es", BOTH, ana), "+56911111111");
    records.scan(school, ana, "IN", NOW);
    assertThat(sending.rows.expand(NOW.plus(Duration.ofDays(1)), 1_000).await().taken())
        .isEqualTo(1);
    assertThat(records.notifications()).isEmpty();
    assertThat(records.announcements()).isZero();
  }

  @Test
  void a_queued_message_that_waited_until_the_next_day_is_ended_and_never_sent() {
    records.contact(school, records.guardian(school, "es", BOTH, ana), "+56911111111");
    records.scan(school, ana, "IN", NOW);
    expand();
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    assertThat(sending.claim(tomorrow, tomorrow.plusSeconds(20), 10).await()).isEmpty();
    assertThat(sending.giveUp(tomorrow).await()).hasSize(1);
    assertThat(records.notifications()).containsExactly("ENTRY WHATSAPP +56911111111 FAILED");
  }

  @Test
  void schools_are_told_apart_even_where_their_families_share_a_phone() {
    School other = records.school("Europe/Madrid");
    UUID eva = records.student(other, "Eva Ruiz");
    records.contact(school, records.guardian(school, "es", BOTH, ana), "+56911111111");
    records.contact(other, records.guardian(other, "es", BOTH, eva), "+56911111111");
    records.scan(school, ana, "IN", Instant.parse("2026-06-10T11:52:00Z"));
    records.scan(other, eva, "IN", Instant.parse("2026-06-10T11:01:00Z"));
    expand();
    assertThat(
            records.lines(
                "SELECT payload ->> 'student', payload ->> 'time' FROM notification ORDER BY 1"))
        .containsExactly("Ana Rojas 07:52", "Eva Ruiz 13:01");
  }

  @Test
  void two_expanders_at_once_double_nothing_and_miss_nothing() {
    records.contact(school, records.guardian(school, "es", BOTH, ana), "+56911111111");
    for (int i = 0; i < 300; i++) {
      records.scan(school, ana, "IN", NOW.minus(Duration.ofSeconds(i)));
    }
    int taken =
        Future.all(
                List.of(
                    sending.rows.expand(NOW, 200).map(NotificationRepository.Expanded::taken),
                    sending.rows.expand(NOW, 200).map(NotificationRepository.Expanded::taken),
                    sending.rows.expand(NOW, 200).map(NotificationRepository.Expanded::taken)))
            .await()
            .<Integer>list()
            .stream()
            .mapToInt(Integer::intValue)
            .sum();
    taken += expand();
    assertThat(taken).isEqualTo(300);
    assertThat(records.number("SELECT count(DISTINCT cause_id) FROM notification")).isEqualTo(300);
    assertThat(records.number("SELECT count(*) FROM notification")).isEqualTo(300);
  }

  private int expand() {
    return sending.rows.expand(NOW, 1_000).await().taken();
  }
}
