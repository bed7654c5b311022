package porteria.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.testkit.MessageStates;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestAmazon;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** What SES says became of mails, through SNS. */
@Telling
@ExtendWith(RunningServerExtension.class)
class SesWebhookTest {

  private static final String SUBSCRIBE =
      "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=x&Token=2336";

  private final RunningServer server;
  private final TestAmazon amazon;
  private final TestSchool school;
  private final MessageStates messages;
  private final TestPupil ana;
  private final String mailbox;

  SesWebhookTest(RunningServer server) {
    this.server = server;
    messages = new MessageStates(server.sql());
    amazon = server.amazon();
    school = server.school();
    ana = school.pupil("Ana Rojas");
    mailbox = school.readerOf(ana);
  }

  @Test
  void a_mail_that_was_delivered_is_known_to_be() {
    String notification = mail();
    tell(event("Send", notification));
    tell(event("Delivery", notification));
    messages.await(notification, "DELIVERED");
    assertThat(suppressed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eventType", "notificationType"})
  void a_mailbox_that_bounces_for_good_is_not_written_to_any_more(String member) {
    String notification = mail();
    tell(renamed(bounce(notification, "Permanent"), member));
    messages.await(notification, "FAILED");
    await().untilAsserted(() -> assertThat(suppressed()).containsExactly("EMAIL BOUNCED"));
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT failure_class, error FROM notification WHERE id = ?::uuid",
                    notification))
        .containsExactly("RECIPIENT Permanent/General");
    leave();
    await()
        .during(Duration.ofMillis(700))
        .untilAsserted(() -> assertThat(server.mails(mailbox)).hasSize(1));
  }

  @Test
  void feedback_without_tags_is_known_by_the_mails_own_id() {
    String notification = mail();
    JsonObject feedback = bounce(notification, "Permanent");
    feedback.getJsonObject("mail").remove("tags");
    tell(renamed(feedback, "notificationType"));
    messages.await(notification, "FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transient", "Undetermined"})
  void a_mailbox_that_is_full_today_is_written_to_tomorrow(String type) {
    String notification = mail();
    tell(bounce(notification, type));
    await()
        .until(
            () ->
                server
                        .sql()
                        .number(
                            "SELECT count(*) FROM delivery_report WHERE notification_id = ?::uuid"
                                + " AND applied_at IS NOT NULL",
                            notification)
                    == 1);
    assertThat(messages.of(notification)).isEqualTo("SENT");
    assertThat(suppressed()).isEmpty();
  }

  @Test
  void whoever_complains_is_not_written_to_any_more() {
    String notification = mail();
    tell(event("Complaint", notification));
    await().untilAsserted(() -> assertThat(suppressed()).containsExactly("EMAIL COMPLAINED"));
    messages.await(notification, "DELIVERED");
  }

  @Test
  void whoever_took_a_mail_out_of_the_spam_did_not_complain() {
    String notification = mail();
    JsonObject complaint = event("Complaint", notification);
    complaint.getJsonObject("complaint").put("complaintFeedbackType", "not-spam");
    tell(complaint);
    tell(event("Delivery", notification));
    messages.await(notification, "DELIVERED");
    assertThat(suppressed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Reject", "Rendering Failure"})
  void a_mail_that_ses_does_not_send_has_failed(String type) {
    String notification = mail();
    tell(event(type, notification));
    messages.await(notification, "FAILED");
    assertThat(
            server
                .sql()
                .lines("SELECT failure_class FROM notification WHERE id = ?::uuid", notification))
        .containsExactly("OUR_MISTAKE");
    assertThat(suppressed()).isEmpty();
  }

  @Test
  void the_certificate_is_asked_for_once() {
    String notification = mail();
    tell(event("Send", notification));
    tell(event("Delivery", notification));
    assertThat(amazon.asked().stream().filter(URI.create(TestAmazon.CERTIFICATE)::equals))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_subscription_is_confirmed() {
    assertThat(server.snsTells(amazon.subscription(SUBSCRIBE)).status()).isEqualTo(200);
    assertThat(amazon.asked()).contains(URI.create(SUBSCRIBE));
  }

  @Test
  void a_subscription_is_confirmed_nowhere_but_at_amazon() {
    String elsewhere = "https://sns.us-east-1.amazonaws.com.attacker.example/confirm";
    assertThat(server.snsTells(amazon.subscription(elsewhere)).status()).isEqualTo(401);
    assertThat(amazon.asked()).doesNotContain(URI.create(elsewhere));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sns.us-east-1.amazonaws.com/cert.pem",
        "https://sns.us-east-1.amazonaws.com.attacker.example/cert.pem",
        "https://sns.us-east-1.amazonaws.com@attacker.example/cert.pem",
        "https://attacker.example/sns.us-east-1.amazonaws.com/cert.pem",
        "https://sns.us-east-1.amazonaws.com:8443/cert.pem",
        "https://sns.us-east-1.amazonaws.com/cert.pem?redirect=1",
        "https://sns.us-east-1.amazonaws.com/cert",
        "https://s3.us-east-1.amazonaws.com/cert.pem",
        "https://xsns.us-east-1.amazonaws.com/cert.pem",
        "https://sns.a.b.amazonaws.com/cert.pem",
        "https://sns.eu-west-1.amazonaws.com/cert.pem",
        "file:///etc/passwd.pem",
        "not an address",
        ""
      })
  void a_certificate_is_asked_for_nowhere_but_at_amazon(String url) {
    String notification = mail();
    JsonObject forged =
        amazon.notification(bounce(notification, "Permanent")).put("SigningCertURL", url);
    int asked = amazon.asked().size();
    assertThat(server.snsTells(forged).status()).isEqualTo(401);
    assertThat(amazon.asked()).hasSize(asked);
    assertNothingKept(notification);
  }

  @Test
  void a_message_that_was_changed_is_refused() {
    String notification = mail();
    JsonObject changed =
        amazon
            .notification(event("Delivery", notification))
            .put("Message", bounce(notification, "Permanent").encode());
    assertThat(server.snsTells(changed).status()).isEqualTo(401);
    assertNothingKept(notification);
  }

  @Test
  void the_old_version_of_signatures_is_refused() {
    String notification = mail();
    JsonObject old =
        amazon.signed(amazon.notification(bounce(notification, "Permanent")), "1", "SHA1withRSA");
    assertThat(server.snsTells(old).status()).isEqualTo(401);
    JsonObject named = amazon.notification(bounce(notification, "Permanent"));
    assertThat(server.snsTells(named.put("SignatureVersion", "1")).status()).isEqualTo(401);
    assertNothingKept(notification);
  }

  @Test
  void another_topic_is_refused_though_amazon_signed_it() {
    String notification = mail();
    JsonObject other =
        amazon.signed(
            amazon
                .notification(bounce(notification, "Permanent"))
                .put("TopicArn", "arn:aws:sns:us-east-1:999999999999:porteria-ses"));
    assertThat(server.snsTells(other).status()).isEqualTo(403);
    assertNothingKept(notification);
  }

  @Test
  void a_subject_is_signed_too() {
    String notification = mail();
    JsonObject titled =
        amazon.signed(
            amazon
                .notification(event("Delivery", notification))
                .put("Subject", "Amazon SES Email Event Notification"));
    assertThat(server.snsTells(titled.copy().put("Subject", "Another")).status()).isEqualTo(401);
    assertThat(server.snsTells(titled).status()).isEqualTo(200);
    messages.await(notification, "DELIVERED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "[]", "{\"mail\":7}", "{\"eventType\":\"Bounce\"}"})
  void what_is_signed_and_strange_is_taken_and_passed_over(String message) {
    JsonObject strange = amazon.notification(new JsonObject()).put("Message", message);
    assertThat(server.snsTells(amazon.signed(strange)).status()).isEqualTo(200);
  }

  private void tell(JsonObject event) {
    assertThat(server.snsTells(amazon.notification(event)).status()).isEqualTo(200);
  }

  /** A mail that SES has taken. */
  private String mail() {
    String event = school.north().in(ana, server.now()).get("event_id");
    await()
        .until(
            () ->
                server
                        .sql()
                        .number(
                            "SELECT count(*) FROM notification WHERE cause_id = ?::uuid"
                                + " AND status = 'SENT' AND channel = 'EMAIL'",
                            event)
                    == 1);
    return server
        .sql()
        .lines("SELECT id FROM notification WHERE cause_id = ?::uuid", event)
        .getFirst();
  }

  private void leave() {
    school.north().out(ana, server.now());
  }

  private JsonObject event(String type, String notification) {
    String messageId =
        server
            .sql()
            .lines("SELECT provider_message_id FROM notification WHERE id = ?::uuid", notification)
            .getFirst();
    JsonObject mail =
        new JsonObject()
            .put("timestamp", "2026-06-10T11:29:00.000Z")
            .put("messageId", messageId)
            .put("destination", new JsonArray().add(mailbox))
            .put(
                "tags",
                new JsonObject()
                    .put("ses:operation", new JsonArray().add("SendEmail"))
                    .put("notification", new JsonArray().add(notification)));
    String part = type.equals("Rendering Failure") ? "failure" : type.toLowerCase(Locale.ROOT);
    return new JsonObject()
        .put("eventType", type)
        .put("mail", mail)
        .put(part, new JsonObject().put("timestamp", "2026-06-10T11:29:30.000Z"));
  }

  private JsonObject bounce(String notification, String type) {
    JsonObject event = event("Bounce", notification);
    event.getJsonObject("bounce").put("bounceType", type).put("bounceSubType", "General");
    return event;
  }

  private static JsonObject renamed(JsonObject event, String member) {
    Object type = event.remove("eventType");
    return event.put(member, type);
  }

  private void assertNothingKept(String notification) {
    assertThat(
            server
                .sql()
                .number(
                    "SELECT count(*) FROM delivery_report WHERE notification_id = ?::uuid",
                    UUID.fromString(notification)))
        .isZero();
  }

  private List<String> suppressed() {
    return server
        .sql()
        .lines("SELECT channel, reason FROM contact_suppression WHERE school_id = ?", school.id());
  }
}
