package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.notification.SchoolRecords.BOTH;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.FailureClass;
import porteria.notification.SchoolRecords.School;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class ClaimTest {

  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Instant EXPIRED = NOW.plus(LEASE);

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
    school = records.school("America/Santiago");
    ana = records.student(school, "Ana Rojas");
    records.contact(school, records.guardian(school, "es", BOTH, ana), "+56911111111");
  }

  @Test
  void claiming_records_the_attempt_and_the_lease() {
    owe(1);
    ClaimedMessage claimed = claim(NOW).getFirst();
    assertThat(claimed.attempt()).isEqualTo(1);
    assertThat(claimed.facts().get("student")).isEqualTo("Ana Rojas");
    assertThat(claimed.owedSince()).isEqualTo(NOW);
    assertThat(
            records.lines(
                "SELECT status, attempt FROM notification WHERE lease_until = ?",
                EXPIRED.atOffset(ZoneOffset.UTC)))
        .containsExactly("SENDING 1");
  }

  @Test
  void what_is_not_due_is_left() {
    owe(1);
    assertThat(claim(NOW.minusMillis(1))).isEmpty();
  }

  @Test
  void a_lower_lane_goes_first_however_late_it_came() {
    owe(3);
    UUID urgent = records.id("SELECT id FROM notification ORDER BY id DESC LIMIT 1");
    records.lines(
        "UPDATE notification SET lane = 1, due_at = due_at - interval '1 hour'"
            + " WHERE id <> ? RETURNING id",
        urgent);
    assertThat(claim(NOW, 1)).extracting(ClaimedMessage::id).containsExactly(urgent);
  }

  @Test
  void several_senders_at_once_claim_each_message_once() {
    owe(90);
    List<ClaimedMessage> claimed =
        Future.all(
                List.of(
                    sending.claim(NOW, EXPIRED, 40),
                    sending.claim(NOW, EXPIRED, 40),
                    sending.claim(NOW, EXPIRED, 40)))
            .await()
            .<List<ClaimedMessage>>list()
            .stream()
            .flatMap(List::stream)
            .toList();
    List<ClaimedMessage> all = Stream.concat(claimed.stream(), claim(NOW).stream()).toList();
    assertThat(all).extracting(ClaimedMessage::id).doesNotHaveDuplicates().hasSize(90);
  }

  @Test
  void a_silent_senders_message_is_taken_over_when_its_lease_expires() {
    owe(1);
    ClaimedMessage lost = claim(NOW).getFirst();
    assertThat(claim(EXPIRED.minusMillis(1))).isEmpty();
    ClaimedMessage taken = claim(EXPIRED).getFirst();
    assertThat(taken.id()).isEqualTo(lost.id());
    assertThat(taken.attempt()).isEqualTo(2);
  }

  @Test
  void the_result_of_an_attempt_that_was_taken_over_is_not_recorded() {
    owe(1);
    ClaimedMessage lost = claim(NOW).getFirst();
    claim(EXPIRED);
    record(Settlement.failed(lost, FailureClass.RECIPIENT, "too late"));
    assertThat(state()).isEqualTo("SENDING 2 the sender fell silent");
  }

  @Test
  void a_result_is_recorded_once() {
    owe(1);
    ClaimedMessage claimed = claim(NOW).getFirst();
    record(Settlement.sent(claimed, NOW, "wamid.1"));
    record(busy(claimed, NOW));
    assertThat(state()).isEqualTo("SENT 1 null");
    assertThat(records.lines("SELECT provider_message_id FROM notification"))
        .containsExactly("wamid.1");
  }

  @Test
  void what_nobody_answered_for_twice_is_given_up() {
    owe(1);
    record(unanswered(claim(NOW).getFirst(), EXPIRED));
    assertThat(sending.giveUp(EXPIRED).await()).isEmpty();
    Instant again = EXPIRED.plus(LEASE);
    record(unanswered(claim(EXPIRED).getFirst(), again));
    assertThat(claim(again)).isEmpty();
    assertThat(sending.giveUp(again).await()).hasSize(1);
    assertThat(state()).isEqualTo("FAILED 2 outcome unknown");
  }

  @Test
  void what_ended_with_its_sender_is_offered_again_each_time_but_not_for_ever() {
    owe(1);
    Instant now = NOW;
    for (int attempt = 1; attempt <= 20; attempt++) {
      assertThat(sending.giveUp(now).await()).isEmpty();
      assertThat(claim(now)).extracting(ClaimedMessage::attempt).containsExactly(attempt);
      now = now.plus(LEASE);
    }
    assertThat(claim(now)).isEmpty();
    assertThat(sending.giveUp(now).await()).hasSize(1);
  }

  @Test
  void words_alone_do_not_make_a_sender_silent() {
    owe(1);
    record(unanswered(claim(NOW).getFirst(), EXPIRED));
    ClaimedMessage again = claim(EXPIRED).getFirst();
    Instant later = EXPIRED.plus(LEASE);
    record(Settlement.unknown(again, later, "the sender fell silent"));
    assertThat(claim(later)).isEmpty();
    assertThat(sending.giveUp(later).await()).hasSize(1);
  }

  @Test
  void what_was_silent_once_is_judged_by_what_came_of_it_later() {
    owe(1);
    record(unanswered(claim(NOW).getFirst(), EXPIRED));
    claim(EXPIRED);
    Instant silent = EXPIRED.plus(LEASE);
    record(unanswered(claim(silent).getFirst(), silent.plus(LEASE)));
    assertThat(claim(silent.plus(LEASE))).isEmpty();
  }

  @Test
  void refusals_before_a_lost_answer_do_not_use_up_its_one_resend() {
    owe(1);
    record(busy(claim(NOW).getFirst(), NOW));
    record(busy(claim(NOW).getFirst(), NOW));
    record(unanswered(claim(NOW).getFirst(), EXPIRED));
    List<ClaimedMessage> again = claim(EXPIRED);
    assertThat(again).extracting(ClaimedMessage::attempt).containsExactly(4);
    record(unanswered(again.getFirst(), EXPIRED));
    assertThat(claim(EXPIRED)).isEmpty();
  }

  private void owe(int count) {
    for (int i = 0; i < count; i++) {
      records.scan(school, ana, "IN", NOW.minusSeconds(i));
    }
    assertThat(sending.rows.expand(NOW, 1_000).await().taken()).isEqualTo(count);
  }

  private static String state() {
    return records.lines("SELECT status, attempt, error FROM notification").getFirst();
  }

  private static void record(Settlement settlement) {
    sending.rows.record(List.of(settlement)).await();
  }

  private static List<ClaimedMessage> claim(Instant now) {
    return claim(now, 100);
  }

  private static List<ClaimedMessage> claim(Instant now, int limit) {
    return sending.claim(now, now.plus(LEASE), limit).await();
  }

  private static Settlement unanswered(ClaimedMessage message, Instant dueAt) {
    return Settlement.unknown(message, dueAt, "no answer");
  }

  private static Settlement busy(ClaimedMessage message, Instant dueAt) {
    return Settlement.again(message, dueAt, FailureClass.TRANSIENT, "503");
  }
}
