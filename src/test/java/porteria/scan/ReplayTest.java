package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Replay first: a scan known by its device and number is answered from what is stored. */
@ExtendWith(RunningServerExtension.class)
class ReplayTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  ReplayTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @Test
  void a_replay_gets_the_same_answer_and_says_duplicate() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    Reply first = kiosk.send(scan);
    Reply again = kiosk.send(scan);
    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(202);
    assertThat(first.json().getBoolean("duplicate")).isFalse();
    assertThat(again.json()).isEqualTo(first.json().copy().put("duplicate", true));
  }

  @Test
  void a_replay_changes_nothing() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    kiosk.send(scan);
    JsonObject day = school.get("/attendance/day").json();
    List<JsonObject> events = school.events();
    kiosk.send(scan);
    kiosk.verdicts(scan);
    assertThat(school.get("/attendance/day").json()).isEqualTo(day);
    assertThat(school.events()).isEqualTo(events).hasSize(1);
    assertThat(school.announced()).isEqualTo(1);
  }

  @Test
  void a_replay_may_be_sent_later_and_keeps_the_time_that_was_answered_first() {
    JsonObject scan = kiosk.read(ana, "IN", server.now().minusSeconds(30));
    String answered = kiosk.send(scan).get("occurred_at");
    server.clock().advance(Duration.ofMinutes(3));
    Reply again = kiosk.send(scan.put("sent_at", server.now().minusSeconds(40).toString()));
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().getBoolean("duplicate")).isTrue();
    assertThat(again.get("occurred_at")).isEqualTo(answered);
  }

  @Test
  void a_refused_scan_is_refused_again_and_says_duplicate() {
    JsonObject scan = kiosk.read("NFC", "nobody-holds-this-card", "IN");
    Reply first = kiosk.send(scan);
    JsonObject day = school.get("/attendance/day").json();
    Reply again = kiosk.send(scan);
    assertThat(List.of(first.status(), again.status())).containsExactly(422, 422);
    assertThat(first.json().getBoolean("duplicate")).isFalse();
    assertThat(again.json().getBoolean("duplicate")).isTrue();
    assertThat(again.get("reason")).isEqualTo(first.get("reason")).isEqualTo("UNKNOWN_TOKEN");
    assertThat(school.rejections()).hasSize(1);
    assertThat(school.get("/attendance/day").json()).isEqualTo(day);
  }

  @Test
  void a_scan_refused_for_its_card_stays_refused_when_the_card_is_good_again() {
    school.revokeCards(ana, server.now().minusSeconds(60));
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    kiosk.send(scan);
    server.sql().lines("UPDATE tag SET revoked_at = NULL WHERE student_id = ?", ana.id());
    Reply again = kiosk.send(scan);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.get("reason")).isEqualTo("REVOKED_TAG");
    assertThat(school.events()).isEmpty();
  }

  @Test
  void an_accepted_scan_stays_accepted_when_its_card_is_revoked_afterwards() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    Reply first = kiosk.send(scan);
    school.revokeCards(ana, server.now().minus(Duration.ofDays(1)));
    Reply again = kiosk.send(scan);
    assertThat(again.json()).isEqualTo(first.json().copy().put("duplicate", true));
    assertThat(school.rejections()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"type,OUT", "gate_id,SUR", "source,QR", "token,another", "captured_at,"})
  void the_same_number_with_another_body_is_a_conflict_and_changes_nothing(
      String field, @org.jspecify.annotations.Nullable String value) {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    kiosk.send(scan);
    List<JsonObject> events = school.events();
    JsonObject other = scan.copy();
    if (value == null) {
      other.remove(field);
    } else {
      other.put(field, value);
    }
    Reply reply = kiosk.send(other);
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.get("type")).isEqualTo("urn:porteria:problem:conflict");
    assertThat(kiosk.verdicts(other).getFirst().getString("status")).isEqualTo("CONFLICT");
    assertThat(school.events()).isEqualTo(events);
    assertThat(school.rejections()).isEmpty();
  }

  @Test
  void the_number_of_a_refused_scan_with_another_body_is_a_conflict() {
    JsonObject scan = kiosk.read("NFC", "nobody-holds-this-card", "IN");
    kiosk.send(scan);
    assertThat(kiosk.send(scan.copy().put("token", ana.nfcToken())).status()).isEqualTo(409);
    assertThat(school.events()).isEmpty();
  }

  @Test
  void another_kiosk_may_use_the_same_number() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    TestKiosk other = school.south();
    kiosk.send(scan);
    Reply reply =
        other.send(other.read(school.pupil("Beto"), "IN", server.now()).put("local_seq", 1));
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().getBoolean("duplicate")).isFalse();
  }

  @Test
  void a_replay_of_a_double_read_answers_the_flags_it_was_stored_with() {
    kiosk.in(ana, server.now().minusSeconds(20));
    JsonObject second = kiosk.read(ana, "IN", server.now());
    Reply first = kiosk.send(second);
    Reply again = kiosk.send(second);
    assertThat(first.flags()).containsExactly("REPEAT");
    assertThat(again.flags()).containsExactly("REPEAT");
    assertThat(again.json().getBoolean("duplicate")).isTrue();
  }

  @Test
  void a_replay_of_a_first_read_is_no_double_read_of_itself() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    kiosk.send(scan);
    assertThat(kiosk.send(scan).flags()).isEmpty();
    assertThat(school.events()).extracting(Reply::flags).containsExactly(List.of());
  }

  @Test
  void twenty_copies_at_once_make_one_event() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    List<Future<Reply>> sending =
        IntStream.range(0, 20).mapToObj(copy -> kiosk.sending(scan)).toList();
    Future.all(sending).await();
    List<Reply> replies = sending.stream().map(Future::result).toList();
    Set<String> ids =
        replies.stream().map(reply -> reply.get("event_id")).collect(Collectors.toSet());
    assertThat(replies).extracting(Reply::status).containsOnly(202);
    assertThat(ids).hasSize(1);
    assertThat(replies).filteredOn(reply -> !reply.json().getBoolean("duplicate")).hasSize(1);
    assertThat(school.events()).hasSize(1);
    assertThat(school.announced()).isEqualTo(1);
    assertThat(school.get("/attendance/day").json().getLong("seq")).isEqualTo(1);
  }

  @Test
  void a_copy_in_the_same_batch_is_a_duplicate() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    List<JsonObject> verdicts = kiosk.verdicts(scan, scan);
    assertThat(verdicts)
        .extracting(verdict -> verdict.getString("status"))
        .containsExactly("ACCEPTED", "DUPLICATE");
    assertThat(verdicts.getFirst().getString("event_id"))
        .isEqualTo(verdicts.getLast().getString("event_id"));
  }
}
