package porteria.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.testkit.MessageStates;
import porteria.testkit.Reply;
import porteria.testkit.RunningProviders;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** What WhatsApp says became of messages. */
@Telling
@ExtendWith(RunningServerExtension.class)
class WhatsAppWebhookTest {

  private static final String PATH = "/webhooks/whatsapp";
  private static final int UNREACHABLE = 131026;

  private final RunningServer server;
  private final TestSchool school;
  private final MessageStates messages;
  private final TestPupil ana;
  private final String phone;

  WhatsAppWebhookTest(RunningServer server) {
    this.server = server;
    messages = new MessageStates(server.sql());
    school = server.school();
    ana = school.pupil("Ana Rojas");
    phone = school.guardianOf(ana);
  }

  @AfterEach
  void recover() {
    server.providers().recover();
  }

  @Test
  void the_address_is_registered_by_repeating_the_challenge_to_who_knows_the_word() {
    Reply asked = challenge(RunningProviders.VERIFY_TOKEN);
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.text()).isEqualTo("1158201444");
    assertThat(asked.header("Content-Type")).startsWith("text/plain");
    assertThat(challenge("another word").status()).isEqualTo(403);
    assertThat(challenge("").status()).isEqualTo(403);
  }

  @Test
  void a_message_that_was_sent_is_known_to_have_arrived() {
    String sent = entry();
    messages.await(sent, "DELIVERED");
    assertThat(
            server
                .sql()
                .number(
                    "SELECT count(*) FROM notification WHERE delivered_at IS NULL AND id = ?::uuid",
                    sent))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256=", "sha256=zz", "sha1=ab", "sha256=00ff"})
  void what_is_not_signed_is_refused_and_not_kept(String signature) {
    Buffer body =
        WhatsAppReports.call(WhatsAppReports.status("wamid.forged", id(), "read")).toBuffer();
    assertThat(server.tells(PATH, body, signature).status()).isEqualTo(401);
    assertThat(kept("wamid.forged")).isZero();
  }

  @Test
  void a_signature_is_of_the_body_as_it_came() {
    Buffer signed =
        WhatsAppReports.call(WhatsAppReports.status("wamid.other", id(), "read")).toBuffer();
    Buffer sent = Buffer.buffer(signed.toString() + " ");
    assertThat(server.tells(PATH, sent, RunningProviders.signature(signed)).status())
        .isEqualTo(401);
    assertThat(kept("wamid.other")).isZero();
  }

  @Test
  void a_body_too_large_is_not_read() {
    Buffer body = Buffer.buffer(" ".repeat(1_100_000));
    assertThat(server.tells(PATH, body, RunningProviders.signature(body)).status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "nonsense",
        "{\"entry\":7}",
        "{\"entry\":[null,3,{\"changes\":{\"value\":[]}}]}",
        "{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[{\"id\":{},\"status\":[]}]}}]}]}",
        "{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{\"id\":\"w\",\"from\":null}]}}]}]}"
      })
  void what_is_signed_and_strange_is_taken_and_passed_over(String text) {
    Buffer body = Buffer.buffer(text);
    assertThat(server.tells(PATH, body, RunningProviders.signature(body)).status()).isEqualTo(200);
  }

  @Test
  void of_one_call_the_good_is_kept_though_other_things_are_strange() {
    String wamid = "wamid.good." + UUID.randomUUID();
    JsonObject call = WhatsAppReports.call(WhatsAppReports.status(wamid, id(), "sent"));
    JsonArray statuses = value(call).getJsonArray("statuses");
    statuses.add("a text").add(new JsonObject().put("id", 3)).addNull();
    statuses.add(WhatsAppReports.status("wamid\u0000." + wamid, "no id", "failed"));
    assertThat(server.whatsAppTells(call).status()).isEqualTo(200);
    assertThat(kept(wamid)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'sent,delivered,read', READ",
    "'read,delivered,sent', READ",
    "'delivered,sent,delivered,sent', DELIVERED",
    "'sent,failed,delivered', FAILED",
    "'failed,read,failed,sent', FAILED"
  })
  void reports_come_in_any_order_and_again_and_a_message_only_goes_forward(
      String order, String status) {
    String notification = sentBefore();
    String wamid = wamid(notification);
    for (String each : order.split(",", -1)) {
      server.whatsAppTells(
          WhatsAppReports.call(
              each.equals("failed")
                  ? WhatsAppReports.failed(wamid, notification, UNREACHABLE)
                  : WhatsAppReports.status(wamid, notification, each)));
      awaitApplied(wamid);
    }
    assertThat(messages.of(notification)).isEqualTo(status);
  }

  @Test
  void all_that_one_call_says_of_a_message_is_weighed_together() {
    String notification = sentBefore();
    String wamid = wamid(notification);
    server.whatsAppTells(
        WhatsAppReports.call(
            WhatsAppReports.status(wamid, notification, "read"),
            WhatsAppReports.status(wamid, notification, "sent"),
            WhatsAppReports.status(wamid, notification, "read"),
            WhatsAppReports.status(wamid, notification, "delivered")));
    awaitApplied(wamid);
    assertThat(messages.of(notification)).isEqualTo("READ");
    assertThat(kept(wamid)).isEqualTo(3);
  }

  @Test
  void a_failure_says_why() {
    String notification = sentBefore();
    String wamid = wamid(notification);
    server.whatsAppTells(WhatsAppReports.call(WhatsAppReports.failed(wamid, notification, 131049)));
    messages.await(notification, "FAILED");
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT failure_class, error FROM notification WHERE id = ?::uuid",
                    notification))
        .containsExactly("USER_CAP 131049");
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT errors->0->>'title' FROM delivery_report"
                        + " WHERE provider_message_id = ?",
                    wamid))
        .containsExactly("Message undeliverable");
  }

  @Test
  void a_failure_of_an_earlier_message_does_not_undo_the_one_sent_since() {
    String notification = sentBefore();
    String earlier = "wamid.earlier." + UUID.randomUUID();
    server.whatsAppTells(
        WhatsAppReports.call(WhatsAppReports.failed(earlier, notification, UNREACHABLE)));
    awaitApplied(earlier);
    assertThat(messages.of(notification)).isEqualTo("SENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNKNOWN", "QUEUED", "PARKED"})
  void who_turns_out_to_have_been_told_is_not_told_again(String waiting) {
    String notification = sentBefore();
    String wamid = "wamid.found." + UUID.randomUUID();
    server
        .sql()
        .lines(
            "UPDATE notification SET status = ?, provider_message_id = NULL, sent_at = NULL,"
                + " in_doubt = true, due_at = ? WHERE id = ?::uuid",
            waiting,
            server.now().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC),
            notification);
    server.whatsAppTells(
        WhatsAppReports.call(WhatsAppReports.status(wamid, notification, "delivered")));
    messages.await(notification, "DELIVERED");
    assertThat(wamid(notification)).isEqualTo(wamid);
    assertThat(server.told(phone)).hasSize(1);
  }

  @Test
  void a_report_of_an_unknown_message_waits_for_it_and_is_then_forgotten() {
    String wamid = "wamid.unknown." + UUID.randomUUID();
    server.whatsAppTells(WhatsAppReports.call(WhatsAppReports.status(wamid, id(), "sent")));
    server.clock().advance(Duration.ofMinutes(9));
    await().during(Duration.ofMillis(500)).until(() -> waiting(wamid) == 1);
    server.clock().advance(Duration.ofMinutes(2));
    await().until(() -> waiting(wamid) == 0);
    server.clock().advance(Duration.ofDays(31));
    await().until(() -> kept(wamid) == 0);
  }

  @Test
  void what_others_do_not_find_stands_in_nobodys_way() {
    JsonArray foreign = new JsonArray();
    for (int i = 0; i < 1_500; i++) {
      foreign.add(WhatsAppReports.status("wamid.foreign." + UUID.randomUUID(), id(), "read"));
    }
    server.whatsAppTells(WhatsAppReports.change(new JsonObject().put("statuses", foreign)));
    String notification = sentBefore();
    server.whatsAppTells(
        WhatsAppReports.call(WhatsAppReports.status(wamid(notification), notification, "read")));
    messages.await(notification, "READ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void who_could_not_be_reached_three_times_in_a_row_is_not_written_to_any_more(boolean taken) {
    lose(taken);
    for (int time = 1; time <= 3; time++) {
      assertThat(suppressed()).as("before the failure %d", time).isEmpty();
      messages.await(entry(), "FAILED");
      server.clock().advance(Duration.ofMinutes(5));
    }
    await().until(() -> !suppressed().isEmpty());
    assertThat(suppressed()).containsExactly("WHATSAPP UNREACHABLE");
    server.providers().recover();
    school.north().out(ana, server.now());
    await()
        .during(Duration.ofMillis(700))
        .untilAsserted(() -> assertThat(server.told(phone)).isEmpty());
  }

  @Test
  void one_message_that_arrives_makes_good_for_those_that_did_not() {
    lose(true);
    messages.await(entry(), "FAILED");
    server.clock().advance(Duration.ofMinutes(5));
    messages.await(entry(), "FAILED");
    server.providers().recover();
    server.clock().advance(Duration.ofMinutes(5));
    messages.await(entry(), "DELIVERED");
    assertThat(
            server
                .sql()
                .number("SELECT count(*) FROM contact_strike WHERE address = ?", "+" + phone))
        .isZero();
  }

  /** Messages to the phone are refused, or taken and reported as failed afterwards. */
  private void lose(boolean taken) {
    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("to", phone)
                .put("mode", "code")
                .put("code", UNREACHABLE)
                .put("accepted", taken));
  }

  private Reply challenge(String token) {
    return Reply.of(
        server
            .request(HttpMethod.GET, PATH)
            .addQueryParam("hub.mode", "subscribe")
            .addQueryParam("hub.verify_token", token)
            .addQueryParam("hub.challenge", "1158201444")
            .send()
            .await());
  }

  /** A scan, and the message it causes. */
  private String entry() {
    String event = school.north().in(ana, server.now()).get("event_id");
    await()
        .until(
            () ->
                server
                        .sql()
                        .number("SELECT count(*) FROM notification WHERE cause_id = ?::uuid", event)
                    == 1);
    return server
        .sql()
        .lines("SELECT id FROM notification WHERE cause_id = ?::uuid", event)
        .getFirst();
  }

  /** A message of which nothing was reported but that it was sent. */
  private String sentBefore() {
    String notification = entry();
    messages.await(notification, "DELIVERED");
    server.sql().lines("DELETE FROM delivery_report WHERE notification_id = ?::uuid", notification);
    server
        .sql()
        .lines(
            "UPDATE notification SET status = 'SENT', delivered_at = NULL WHERE id = ?::uuid",
            notification);
    return notification;
  }

  private String wamid(String notification) {
    return server
        .sql()
        .lines("SELECT provider_message_id FROM notification WHERE id = ?::uuid", notification)
        .getFirst();
  }

  private void awaitApplied(String wamid) {
    await().until(() -> waiting(wamid) == 0);
  }

  private long waiting(String wamid) {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM delivery_report"
                + " WHERE provider_message_id = ? AND applied_at IS NULL",
            wamid);
  }

  private long kept(String wamid) {
    return server
        .sql()
        .number("SELECT count(*) FROM delivery_report WHERE provider_message_id = ?", wamid);
  }

  private List<String> suppressed() {
    return server
        .sql()
        .lines("SELECT channel, reason FROM contact_suppression WHERE school_id = ?", school.id());
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private static JsonObject value(JsonObject call) {
    return call.getJsonArray("entry")
        .getJsonObject(0)
        .getJsonArray("changes")
        .getJsonObject(0)
        .getJsonObject("value");
  }
}
