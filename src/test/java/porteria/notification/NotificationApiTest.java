package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.bus.Addresses;
import porteria.bus.SendingChanged;
import porteria.domain.Role;
import porteria.testkit.LiveSocket;
import porteria.testkit.MessageStates;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestSecurity;

/** Staff look at messages, send them again and end pauses. */
@ExtendWith(RunningServerExtension.class)
@Telling
class NotificationApiTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;

  NotificationApiTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
  }

  @AfterEach
  void recover() {
    server.providers().clear();
    server.sql().lines("DELETE FROM sending_pause");
  }

  @Test
  void staff_see_what_became_of_a_message_and_not_where_it_went() {
    String phone = school.guardianOf(ana);
    school.north().in(ana, server.now());
    awaitStatus("DELIVERED");
    JsonObject item = list("?status=DELIVERED&channel=WHATSAPP&student_id=" + ana.id()).getFirst();
    assertThat(item.getString("address"))
        .isEqualTo("+56 9 ••••" + phone.substring(phone.length() - 4));
    assertThat(item.getString("type")).isEqualTo("INGRESO_OK");
    assertThat(item.getString("template")).isEqualTo("ingreso_ok");
    assertThat(item.getJsonObject("student").getString("full_name")).isEqualTo("Ana Rojas");
    assertThat(item.getJsonObject("guardian").getString("full_name")).isEqualTo("María Soto");
    assertThat(item.getInteger("attempts")).isOne();
    assertThat(item.getBoolean("resent")).isFalse();
    assertThat(item.getString("sent_at")).isNotNull();
    Reply found = school.get("/notifications/" + item.getString("id"));
    assertThat(found.json()).isEqualTo(item);
    assertThat(found.text()).doesNotContain(phone);
    assertThat(list("?status=FAILED")).isEmpty();
    assertThat(list("?channel=EMAIL")).isEmpty();
    assertThat(list("?guardian_id=" + UUID.randomUUID())).isEmpty();
    assertThat(school.get("/notifications?status=LOST").status()).isEqualTo(400);
  }

  @Test
  void pages_follow_one_another_newest_first() {
    for (int i = 0; i < 3; i++) {
      school.guardianOf(ana);
    }
    school.north().in(ana, server.now());
    awaitStatus("DELIVERED", "DELIVERED", "DELIVERED");
    Reply first = school.get("/notifications?limit=2");
    Reply second = school.get("/notifications?limit=2&cursor=" + first.get("next_cursor"));
    assertThat(first.list("items")).hasSize(2);
    assertThat(second.list("items")).hasSize(1);
    assertThat(second.json().getString("next_cursor")).isNull();
    List<String> ids =
        List.of(
            first.list("items").get(0).getString("id"),
            first.list("items").get(1).getString("id"),
            second.list("items").getFirst().getString("id"));
    assertThat(ids)
        .isSortedAccordingTo((one, other) -> other.compareTo(one))
        .doesNotHaveDuplicates();
  }

  @Test
  void what_failed_is_sent_again_on_the_word_of_an_inspector_and_the_trail_says_so() {
    String phone = school.guardianOf(ana);
    UUID id = failedEntry();
    Reply retried = retry(id, Role.INSPECTOR);
    assertThat(retried.status()).as(retried.text()).isEqualTo(200);
    assertThat(retried.json().containsKey("error")).isFalse();
    awaitStatus("DELIVERED");
    assertThat(server.told(phone)).hasSize(1);
    assertThat(trail("notification.retried")).containsExactly("notification " + id);
    assertConflict(id, "Only what failed");
  }

  @Test
  void what_is_no_news_any_more_is_not_sent_again() {
    school.guardianOf(ana);
    UUID id = failedEntry();
    server
        .sql()
        .lines(
            "UPDATE attendance_event SET occurred_at = ? WHERE school_id = ?",
            server.now().minus(Duration.ofHours(3)).atOffset(ZoneOffset.UTC),
            school.id());
    assertConflict(id, "no news any more");
  }

  @Test
  void what_was_taken_back_is_not_sent_again() {
    school.guardianOf(ana);
    UUID id = failedEntry();
    server.sql().lines("UPDATE notification SET recalled = true WHERE id = ?", id);
    assertConflict(id, "taken back");
  }

  @Test
  void who_answers_for_the_pupil_no_more_or_wants_nothing_is_not_told_again() {
    String phone = school.guardianOf(ana);
    UUID id = failedEntry();
    server
        .sql()
        .lines(
            "INSERT INTO contact_suppression VALUES (?, 'WHATSAPP', ?, 'UNSUBSCRIBED', now())",
            school.id(),
            "+" + phone);
    assertConflict(id, "Nothing is sent to this address");
    server.sql().lines("DELETE FROM contact_suppression");
    server.sql().lines("DELETE FROM student_guardian WHERE school_id = ?", school.id());
    assertConflict(id, "Nobody who may read it");
    assertThat(server.told(phone)).isEmpty();
  }

  @Test
  void a_message_of_another_school_is_not_there() {
    school.guardianOf(ana);
    UUID id = failedEntry();
    TestSchool other = server.school();
    assertThat(other.get("/notifications/" + id).status()).isEqualTo(404);
    assertThat(other.get("/notifications").list("items")).isEmpty();
    Reply retried =
        server.post(
            "/notifications/" + id + "/retry", other.login(Role.DIRECTOR), new JsonObject());
    assertThat(retried.status()).isEqualTo(404);
  }

  @Test
  void a_director_sends_all_again_that_failed_alike_and_what_cannot_be_is_left() {
    school.guardianOf(ana);
    school.guardianOf(ana);
    failedEntry();
    server
        .sql()
        .lines(
            "UPDATE notification SET failure_class = 'ACCOUNT', recalled = (id = (SELECT max(id::text)::uuid"
                + " FROM notification WHERE school_id = ?)) WHERE school_id = ?",
            school.id(),
            school.id());
    assertThat(retryAll(new JsonObject().put("failure_class", "TEMPLATE")))
        .isEqualTo(new JsonObject().put("queued", 0).put("left", 0));
    assertThat(
            retryAll(new JsonObject().put("failure_class", "ACCOUNT").put("channel", "WHATSAPP")))
        .isEqualTo(new JsonObject().put("queued", 1).put("left", 1));
    awaitStatus("FAILED", "DELIVERED");
    assertThat(trail("notifications.retried")).hasSize(2);
  }

  @Test
  void what_may_not_be_sent_again_never_stands_before_what_may() {
    String phone = school.guardianOf(ana);
    server
        .providers()
        .fail(new JsonObject().put("channel", "WHATSAPP").put("mode", "code").put("code", 131_026));
    school.north().in(ana, server.now());
    awaitStatus("FAILED");
    server.providers().recover();
    server
        .sql()
        .lines(
            """
            INSERT INTO notification (school_id, id, cause_id, cause, student_id, guardian_id, type,
              channel, address, template, language, payload, lane, status, due_at, created_at,
              failure_class, fallback_at)
            SELECT n.school_id, lpad(to_hex(no), 32, '0')::uuid, uuidv7(), n.cause, n.student_id,
              n.guardian_id, n.type, n.channel, n.address, n.template, n.language, n.payload, n.lane,
              n.status, n.due_at, n.created_at, n.failure_class, n.created_at
            FROM notification n, generate_series(1, 10001) AS no
            WHERE n.school_id = ?
            """,
            school.id());
    assertThat(retryAll(new JsonObject().put("failure_class", "RECIPIENT")))
        .isEqualTo(new JsonObject().put("queued", 1).put("left", 10_001));
    await().atMost(Duration.ofSeconds(30)).until(() -> !server.told(phone).isEmpty());
  }

  @Test
  void the_worker_token_may_ask_to_send_and_nothing_else() {
    String token = TestSecurity.WORKER_TOKEN.value();
    List<?> hints = server.hearing(Addresses.NOTIFICATION_DUE);
    assertThat(server.post("/notifications/dispatch", token, new JsonObject()).status())
        .isEqualTo(202);
    await().untilAsserted(() -> assertThat(hints).isNotEmpty());
    assertThat(server.get("/notifications", token).status()).isEqualTo(403);
  }

  @Test
  void sending_shows_what_waits_and_what_is_paused_and_a_director_resumes_it() {
    String phone = school.guardianOf(ana);
    school.north().in(ana, server.now());
    awaitStatus("DELIVERED");
    server.providers().clear();
    server
        .sql()
        .lines(
            "INSERT INTO sending_pause VALUES ('WHATSAPP', 'TEMPLATE', 'ingreso_ok/es', '132015',"
                + " 'paused', '2026-06-10T11:00:00Z')");
    server
        .sql()
        .lines("UPDATE notification SET status = 'PARKED' WHERE school_id = ?", school.id());
    List<SendingChanged> changes = server.hearing(Addresses.SENDING_CHANGED);
    LiveSocket dashboard = LiveSocket.open(server, school.login(Role.INSPECTOR), school.id());
    JsonObject whatsApp = channel("WHATSAPP");
    assertThat(whatsApp.getInteger("parked")).isOne();
    assertThat(whatsApp.getJsonObject("today")).isEqualTo(new JsonObject().put("PARKED", 1));
    assertThat(whatsApp.getJsonArray("paused").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("scope", "TEMPLATE")
                .put("subject", "ingreso_ok/es")
                .put("code", "132015")
                .put("since", "2026-06-10T11:00:00Z"));
    assertThat(channel("EMAIL").getJsonArray("paused")).isEmpty();
    JsonObject pause =
        new JsonObject()
            .put("channel", "WHATSAPP")
            .put("scope", "TEMPLATE")
            .put("subject", "ingreso_ok/es");
    Reply resumed = server.post("/sending/resume", school.login(Role.DIRECTOR), pause);
    assertThat(resumed.json()).isEqualTo(new JsonObject().put("queued", 1));
    awaitStatus("DELIVERED");
    assertThat(server.told(phone)).hasSize(1);
    assertThat(channel("WHATSAPP").getJsonArray("paused")).isEmpty();
    assertThat(changes).isNotEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(dashboard.news())
                    .filteredOn(frame -> "sending".equals(frame.getString("type")))
                    .last()
                    .extracting(
                        frame ->
                            frame
                                .getJsonObject("sending")
                                .getJsonArray("channels")
                                .getJsonObject(0)
                                .getJsonArray("paused"))
                    .isEqualTo(new JsonArray()));
    assertThat(trail("sending.resumed")).hasSize(1);
    assertThat(server.post("/sending/resume", school.login(Role.DIRECTOR), pause).status())
        .isEqualTo(404);
  }

  @Test
  void a_pause_that_ends_elsewhere_frees_what_it_parked_here() {
    school.guardianOf(ana);
    school.north().in(ana, server.now());
    awaitStatus("DELIVERED");
    List<SendingChanged> changes = server.hearing(Addresses.SENDING_CHANGED);
    server
        .sql()
        .lines("INSERT INTO sending_pause VALUES ('WHATSAPP', 'ACCOUNT', '', '190', 'no', now())");
    server
        .sql()
        .lines("UPDATE notification SET status = 'PARKED' WHERE school_id = ?", school.id());
    await().untilAsserted(() -> assertThat(changes).isNotEmpty());
    server.sql().lines("DELETE FROM sending_pause");
    awaitStatus("DELIVERED");
  }

  /** An entry that WhatsApp refused to everybody; the provider works again afterwards. */
  private UUID failedEntry() {
    server
        .providers()
        .fail(new JsonObject().put("channel", "WHATSAPP").put("mode", "code").put("code", 131026));
    school.north().in(ana, server.now());
    await()
        .untilAsserted(
            () -> assertThat(list("?status=FAILED")).isNotEmpty().hasSameSizeAs(list("")));
    server.providers().recover();
    return UUID.fromString(list("?status=FAILED").getFirst().getString("id"));
  }

  private List<JsonObject> list(String query) {
    return school.get("/notifications" + query).list("items");
  }

  private JsonObject channel(String name) {
    return school.get("/sending").list("channels").stream()
        .filter(each -> name.equals(each.getString("channel")))
        .findFirst()
        .orElseThrow();
  }

  private Reply retry(UUID id, Role role) {
    return server.post("/notifications/" + id + "/retry", school.login(role), new JsonObject());
  }

  private JsonObject retryAll(JsonObject wish) {
    Reply done = server.post("/notifications/retry", school.login(Role.DIRECTOR), wish);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    return done.json();
  }

  private void assertConflict(UUID id, String why) {
    Reply refused = retry(id, Role.INSPECTOR);
    assertThat(refused.status()).as(refused.text()).isEqualTo(409);
    assertThat(refused.get("detail")).contains(why);
  }

  private List<String> trail(String action) {
    return server
        .sql()
        .lines(
            "SELECT entity, entity_id FROM audit_log WHERE school_id = ? AND action = ?",
            school.id(),
            action);
  }

  private void awaitStatus(String... statuses) {
    new MessageStates(server.sql()).awaitOfSchool(school.id(), statuses);
  }
}
