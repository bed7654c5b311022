package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.notification.SchoolRecords.BOTH;
import static porteria.notification.SchoolRecords.ONLY_EMAIL;
import static porteria.notification.SendingStage.LEASE;
import static porteria.notification.SendingStage.NOW;
import static porteria.notification.SendingStage.OFTEN;
import static porteria.notification.SendingStage.PATIENCE;
import static porteria.notification.SendingStage.SELDOM;
import static porteria.notification.SendingStage.STALE_AFTER;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.WhatsAppSettings;
import porteria.domain.Cause;
import porteria.testkit.RunningProviders;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** The verticle beside a real database and providers that speak HTTP. */
@ExtendWith(TestServersExtension.class)
class SendingTest {

  private static SendingStage stage;
  private static SchoolRecords records;
  private static RunningProviders providers;

  @BeforeAll
  static void open(TestServers servers) throws SQLException {
    stage = new SendingStage(servers);
    records = stage.records;
    providers = stage.providers;
  }

  @AfterAll
  static void close() throws SQLException {
    stage.close();
  }

  @BeforeEach
  void prepare() {
    stage.prepare();
  }

  @AfterEach
  void undeploy() {
    stage.undeploy();
  }

  @Test
  void a_hint_is_enough_for_a_family_to_read_it_on_whatsapp() {
    stage.deploy(SELDOM);
    stage.contact("es", BOTH, "+56911111111");
    stage.scan("IN");
    stage.awaitStatus("SENT");
    JsonObject message = providers.messages().getFirst();
    assertThat(message.getString("to")).isEqualTo("56911111111");
    assertThat(message.getString("text"))
        .isEqualTo(
            "Llegó al colegio: Ana Rojas entró a las 07:59 por Puerta Norte. Que tenga un buen"
                + " día.");
    assertThat(message.getString("notification"))
        .isEqualTo(records.id("SELECT id FROM notification").toString());
    assertThat(records.lines("SELECT provider_message_id FROM notification"))
        .containsExactly(message.getString("id"));
  }

  @Test
  void without_any_hint_the_poll_finds_what_is_owed() {
    stage.contact("es", BOTH, "+56911111111");
    records.scan(stage.school, stage.ana, "IN", NOW);
    stage.deploy(OFTEN);
    stage.awaitStatus("SENT");
  }

  @Test
  void every_guardian_reads_it_in_their_own_language_and_channel() {
    stage.contact("en", BOTH, "+56911111111");
    stage.contact("pt", BOTH, "+56922222222");
    stage.contact("es", ONLY_EMAIL, "mama@example.org");
    stage.deploy(OFTEN);
    stage.scan("OUT");
    stage.awaitStatus("SENT", "SENT", "SENT");
    assertThat(providers.messages())
        .extracting(
            each ->
                each.getString("channel").equals("EMAIL")
                    ? each.getString("subject")
                    : each.getString("text"))
        .containsExactlyInAnyOrder(
            "Left school: Ana Rojas went out at 07:59 through Puerta Norte. We wish them a safe"
                + " journey.",
            "Saiu da escola: Ana Rojas, às 07:59 por Puerta Norte. Que chegue bem.",
            "Ana Rojas salió del colegio a las 07:59");
  }

  @Test
  void a_mail_says_it_in_text_and_in_escaped_html_and_carries_its_notification() {
    stage.ana = records.student(stage.school, "Ana <b>Rojas & Cía\nBcc: x");
    stage.contact("es", ONLY_EMAIL, "mama@example.org");
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("SENT");
    JsonObject mail = providers.messages().getFirst();
    assertThat(mail.getString("text"))
        .contains("Ana <b>Rojas & Cía Bcc: x entró al colegio a las 07:59 por Puerta Norte.");
    assertThat(mail.getString("html"))
        .contains("Ana &lt;b&gt;Rojas &amp; Cía Bcc: x")
        .contains("07:59")
        .doesNotContain("<b>Rojas");
    assertThat(mail.getString("notification"))
        .isEqualTo(records.id("SELECT id FROM notification").toString());
  }

  @Test
  void a_busy_provider_is_asked_again_and_the_family_told_later() {
    stage.contact("es", BOTH, "+56911111111");
    stage.contact("es", ONLY_EMAIL, "mama@example.org");
    providers.fail(new JsonObject().put("mode", "500"));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(
        "SELECT status, attempt, provider_message_id FROM notification",
        "QUEUED 1 null",
        "QUEUED 1 null");
    providers.recover();
    stage.clock.advance(Duration.ofSeconds(1));
    stage.awaitStatus("SENT", "SENT");
    assertThat(providers.messages()).hasSize(2);
  }

  @Test
  void a_provider_that_nobody_reaches_is_asked_again() throws IOException {
    stage.contact("es", BOTH, "+56911111111");
    stage.deploy(
        OFTEN,
        new WhatsAppSettings(
            URI.create("http://127.0.0.1:" + closedPort()),
            "v25.0",
            "1055",
            providers.whatsApp().token(),
            1_000,
            1_000,
            50,
            Optional.empty(),
            providers.whatsApp().templates()));
    stage.scan("IN");
    await().until(() -> records.number("SELECT count(*) FROM notification WHERE attempt = 1") > 0);
    stage.awaitStatus("QUEUED");
  }

  @Test
  void the_provider_is_left_alone_for_as_long_as_it_asks() {
    stage.contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "429").put("delay_ms", 30_000).put("times", 1));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines("SELECT status, due_at - created_at FROM notification", "QUEUED 00:00:30");
  }

  @Test
  void what_nobody_takes_until_it_is_stale_fails() {
    stage.contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "500"));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("QUEUED");
    stage.clock.advance(STALE_AFTER);
    stage.awaitStatus("FAILED");
    assertThat(records.lines("SELECT error FROM notification"))
        .containsExactly("stale after HTTP 500");
  }

  @Test
  void a_refused_message_fails_with_the_providers_reason_and_is_not_repeated() {
    stage.contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "code").put("code", 131026));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("FAILED");
    assertThat(records.lines("SELECT attempt, error FROM notification").getFirst())
        .startsWith("1 131026:");
  }

  @Test
  void a_bad_token_loses_nothing() {
    stage.contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "code").put("code", 190));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("PARKED");
  }

  @Test
  void a_message_that_cannot_be_sent_harms_no_other() {
    stage.contact("es", BOTH, "not a phone");
    stage.contact("es", BOTH, "+56922222222");
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("FAILED", "SENT");
  }

  @Test
  void lost_answers_are_followed_by_one_more_message_at_most() {
    stage.contact("es", BOTH, "+56911111111");
    stage.contact("es", ONLY_EMAIL, "mama@example.org");
    providers.fail(new JsonObject().put("mode", "drop"));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("UNKNOWN", "UNKNOWN");
    assertThat(providers.messages()).hasSize(2);
    stage.clock.advance(PATIENCE);
    await().until(() -> providers.messages().size() == 4);
    stage.awaitStatus("UNKNOWN", "UNKNOWN");
    stage.clock.advance(PATIENCE);
    stage.awaitStatus("FAILED", "FAILED");
    assertThat(providers.messages()).hasSize(4);
  }

  @Test
  void garbage_instead_of_an_answer_is_resent_and_then_believed() {
    stage.contact("es", BOTH, "+56911111111");
    stage.contact("es", ONLY_EMAIL, "mama@example.org");
    providers.fail(new JsonObject().put("mode", "garbage"));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("UNKNOWN", "UNKNOWN");
    providers.recover();
    stage.clock.advance(PATIENCE);
    stage.awaitStatus("SENT", "SENT");
    assertThat(providers.messages()).hasSize(4);
  }

  @Test
  void a_killed_senders_message_is_told_by_another_when_its_lease_and_the_patience_expire() {
    stage.contact("es", BOTH, "+56911111111");
    records.scan(stage.school, stage.ana, "IN", NOW);
    stage.sending.rows.expand(NOW, 10).await();
    assertThat(stage.sending.claim(NOW, NOW.plus(LEASE), 10).await()).hasSize(1);
    stage.deploy(OFTEN);
    stage.clock.advance(LEASE);
    stage.awaitStatus("UNKNOWN");
    stage.clock.advance(PATIENCE);
    stage.awaitStatus("SENT");
    assertThat(records.lines("SELECT attempt FROM notification")).containsExactly("2");
    assertThat(providers.messages()).hasSize(1);
  }

  @Test
  void what_was_to_be_explained_while_nobody_was_there_is_given_time_again() {
    unexplained();
    stage.clock.advance(PATIENCE.plusSeconds(1));
    stage.deploy(OFTEN);
    awaitPatience();
    assertThat(providers.messages()).isEmpty();
    stage.clock.advance(PATIENCE);
    stage.awaitStatus("SENT");
    assertThat(providers.messages()).hasSize(1);
  }

  @Test
  void what_is_to_be_explained_soon_after_a_start_is_given_all_its_time() {
    unexplained();
    stage.clock.advance(PATIENCE.minusSeconds(1));
    stage.deploy(OFTEN);
    awaitPatience();
    assertThat(providers.messages()).isEmpty();
  }

  @Test
  void time_given_again_does_not_make_old_news_new() {
    unexplained();
    stage.clock.advance(STALE_AFTER.plusSeconds(1));
    stage.deploy(OFTEN);
    awaitPatience();
    stage.clock.advance(PATIENCE);
    stage.awaitStatus("FAILED");
    assertThat(providers.messages()).isEmpty();
  }

  @Test
  void nothing_is_claimed_or_given_up_before_the_database_took_that() {
    List<String> asked = new CopyOnWriteArrayList<>();
    Statements failingOnce =
        (sql, parameters) -> {
          asked.add(sql);
          return asked.size() == 1
              ? Future.failedFuture("no answer")
              : stage.sending.database.workerQuery(sql, parameters);
        };
    NotificationService service = stage.service(failingOnce);
    Context loop = stage.sending.vertx.getOrCreateContext();
    loop.runOnContext(begin -> service.start(List.of()));
    await().until(() -> asked.size() == 1);
    loop.runOnContext(
        again -> {
          service.look();
          service.ended();
          service.pausesChanged();
          service.poll();
        });
    await().until(() -> asked.contains(SendingSql.GIVE_UP));
    assertThat(asked).startsWith(SendingSql.BE_PATIENT_AGAIN, SendingSql.BE_PATIENT_AGAIN);
    Promise<Void> finished = Promise.promise();
    loop.runOnContext(end -> service.finish().onComplete(finished));
    finished.future().await();
  }

  @Test
  void several_verticles_share_a_rush_and_tell_everyone_once() {
    IntStream.range(0, 9).forEach(i -> stage.contact("es", BOTH, "+5691111111" + i));
    stage.contact("es", ONLY_EMAIL, "mama@example.org");
    stage.deploy(OFTEN);
    stage.deploy(OFTEN);
    IntStream.range(0, 20)
        .forEach(i -> records.scan(stage.school, stage.ana, "IN", NOW.minusSeconds(i)));
    stage.hint();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> records.number("SELECT count(*) FROM notification WHERE status = 'SENT'") == 200);
    assertThat(providers.messages())
        .extracting(each -> each.getString("notification"))
        .hasSize(200)
        .doesNotHaveDuplicates();
  }

  @Test
  void an_annulled_entry_is_corrected_for_those_who_read_it() {
    stage.contact("es", BOTH, "+56911111111");
    stage.deploy(OFTEN);
    UUID event = stage.scan("IN");
    stage.awaitStatus("SENT");
    assertThat(stage.sending.annul(stage.school.id(), event, Cause.ENTRY).await()).isTrue();
    stage.hint();
    stage.awaitStatus("SENT", "SENT");
    assertThat(providers.messages().getLast().getString("text"))
        .isEqualTo(
            "Corrección: el ingreso de Ana Rojas a las 07:59 por Puerta Norte fue registrado por"
                + " error.");
  }

  @Test
  void stopping_waits_for_the_call_under_way_and_records_it() {
    stage.contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "slow").put("delay_ms", 1_500));
    stage.deploy(SELDOM);
    stage.scan("IN");
    stage.awaitLines("SELECT attempt FROM notification", "1");
    stage.undeploy();
    assertThat(records.lines("SELECT status FROM notification")).containsExactly("SENT");
  }

  /** A message without an answer, whose sender is there no more. */
  private static void unexplained() {
    stage.contact("es", BOTH, "+56911111111");
    records.scan(stage.school, stage.ana, "IN", NOW);
    stage.sending.rows.expand(NOW, 10).await();
    ClaimedMessage claimed = stage.sending.claim(NOW, NOW.plus(LEASE), 10).await().getFirst();
    stage
        .sending
        .rows
        .record(List.of(Settlement.unknown(claimed, NOW.plus(PATIENCE), "no answer")))
        .await();
  }

  private static void awaitPatience() {
    stage.awaitLines(
        "SELECT status, attempt, extract(epoch FROM due_at)::bigint FROM notification",
        "UNKNOWN 1 " + stage.clock.instant().plus(PATIENCE).getEpochSecond());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      return taken.getLocalPort();
    }
  }
}
