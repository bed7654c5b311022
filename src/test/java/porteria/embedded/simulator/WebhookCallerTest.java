package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookCallerTest {
  private WebhookReceiver receiver;
  private RunningSimulator running;

  @BeforeEach
  void start() {
    receiver = new WebhookReceiver();
    running = new RunningSimulator(options -> options.withWebhookBase(receiver.base()));
  }

  @AfterEach
  void stop() {
    running.close();
    receiver.close();
  }

  @Test
  void anAcceptedMessageIsReportedSentAndThenDelivered() {
    HttpResponse<Buffer> answer = running.whatsApp(RunningSimulator.arrival("n-1"));
    String wamid =
        RunningSimulator.json(answer).getJsonArray("messages").getJsonObject(0).getString("id");

    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.heard().size() == 2);

    assertThat(receiver.problems()).isEmpty();
    assertThat(receiver.heard().stream().map(WebhookCallerTest::status))
        .containsExactly(status(wamid, "sent"), status(wamid, "delivered"));
    assertThat(receiver.heard().getFirst().getJsonObject("metadata").getString("phone_number_id"))
        .isEqualTo(RunningSimulator.PHONE_NUMBER_ID);
  }

  @Test
  void aWebhookThatRefusesIsToldAgainAndNothingIsLost() {
    receiver.refuseNext(3);
    running.whatsApp(RunningSimulator.arrival("n-1"));
    running.whatsApp(RunningSimulator.arrival("n-2"));

    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.heard().size() == 4);
    assertThat(receiver.problems()).isEmpty();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> running.stats().getJsonObject("webhooks").getInteger("told") == 4);
  }

  @Test
  void aWebhookThatComesBackAfterBeingDownHearsAllThatIsOwed() {
    receiver.refuseNext(10);
    for (int i = 0; i < 20; i++) {
      running.whatsApp(RunningSimulator.arrival("n-" + i));
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.heard().size() == 40);
    assertThat(running.stats().getJsonObject("webhooks").getInteger("given_up")).isZero();
  }

  @Test
  void aMessageWhoseAnswerWasLostIsStillReported() {
    running.putFaults("{\"mode\":\"garbage\"}");
    running.whatsApp(RunningSimulator.arrival("n-1"));

    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.heard().size() == 2);
  }

  @Test
  void aMessageThatFailsLaterIsTakenAndReportedAndReadByNobody() {
    running.putFaults("{\"mode\":\"code\",\"code\":131026,\"accepted\":true}");
    HttpResponse<Buffer> answer = running.whatsApp(RunningSimulator.arrival("n-1"));
    assertThat(answer.statusCode()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.heard().size() == 1);
    JsonObject status = receiver.heard().getFirst().getJsonArray("statuses").getJsonObject(0);
    assertThat(status.getString("status")).isEqualTo("failed");
    assertThat(status.getString("biz_opaque_callback_data")).isEqualTo("n-1");
    assertThat(status.getJsonArray("errors").getJsonObject(0).getInteger("code")).isEqualTo(131026);
    assertThat(running.stats().getInteger("total")).isZero();
  }

  @Test
  void whoIsCalledBackMayBeSaidLater() {
    try (RunningSimulator later = new RunningSimulator()) {
      later.simulator.callBack(receiver.base()).await();
      later.whatsApp(RunningSimulator.arrival("n-1"));
      await().atMost(Duration.ofSeconds(30)).until(() -> receiver.heard().size() == 2);
    }
  }

  @Test
  void aRefusedMessageIsNotReported() {
    running.putFaults("{\"mode\":\"500\",\"times\":1}");
    running.whatsApp(RunningSimulator.arrival("n-1"));
    running.whatsApp(RunningSimulator.arrival("n-2"));

    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.heard().size() == 2);
    assertThat(
            receiver.heard().stream()
                .map(WebhookCallerTest::status)
                .map(status -> status.getString("biz_opaque_callback_data")))
        .containsOnly("n-2");
  }

  @Test
  void aFamilyCanWriteBack() {
    HttpResponse<Buffer> answer = reply(running, new JsonObject().put("text", "BAJA"));

    assertThat(answer.statusCode()).isEqualTo(202);
    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.heard().size() == 1);
    JsonObject message = receiver.heard().getFirst().getJsonArray("messages").getJsonObject(0);
    assertThat(message.getString("from")).isEqualTo(RunningSimulator.TO);
    assertThat(message.getString("id")).isEqualTo(RunningSimulator.json(answer).getString("id"));
    assertThat(message.getString("type")).isEqualTo("text");
    assertThat(message.getJsonObject("text").getString("body")).isEqualTo("BAJA");
    assertThat(reply(running, new JsonObject()).statusCode()).isEqualTo(400);
  }

  @Test
  void withoutAWebhookAReplyIsAConflictForNobodyWouldHearIt() {
    try (RunningSimulator deaf = new RunningSimulator()) {
      assertThat(reply(deaf, new JsonObject().put("text", "BAJA")).statusCode()).isEqualTo(409);
    }
  }

  @Test
  void aWebhookThatIsDownNeverHoldsUpASend() {
    try (RunningSimulator lonely =
        new RunningSimulator(
            options -> options.withWebhookBase(URI.create("http://127.0.0.1:1")))) {
      for (int i = 0; i < 50; i++) {
        assertThat(lonely.whatsApp(RunningSimulator.arrival("n-" + i)).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatIsOwedIsBoundedAndTheRestIsGivenUp() {
    WebhookCaller caller =
        new WebhookCaller(running.vertx, URI.create("http://127.0.0.1:1"), "1", "s");
    WebhookEvent event = new WebhookEvent.Reply("wamid.x", "569", "BAJA", 0);
    JsonObject stats =
        Future.<JsonObject>future(
                promise ->
                    running.vertx.runOnContext(
                        onLoop -> {
                          for (int i = 0; i < 20_010; i++) {
                            caller.tell(event);
                          }
                          promise.complete(caller.stats());
                          caller.close();
                        }))
            .await();

    assertThat(stats)
        .isEqualTo(new JsonObject().put("told", 0).put("owed", 20_000).put("given_up", 10));
  }

  private static HttpResponse<Buffer> reply(RunningSimulator simulator, JsonObject body) {
    return simulator
        .client
        .postAbs(simulator.simulator.baseUrl() + "/phones/" + RunningSimulator.TO + "/reply")
        .sendJsonObject(body)
        .await();
  }

  private static JsonObject status(JsonObject value) {
    return value.getJsonArray("statuses").getJsonObject(0);
  }

  private static JsonObject status(String wamid, String status) {
    return new JsonObject()
        .put("id", wamid)
        .put("status", status)
        .put("timestamp", "1772448720")
        .put("recipient_id", RunningSimulator.TO)
        .put("biz_opaque_callback_data", "n-1");
  }
}
