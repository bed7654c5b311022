package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class MessagesApiTest {
  private RunningSimulator running;

  @BeforeEach
  void start() {
    running =
        new RunningSimulator(
            options -> options.withMessagesPerSecond(10_000).withMaxMessages(3_000));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void theListIsOldestFirstAndNarrowsByRecipientTimeAndNotification() {
    sendTo("56911111111", "n-1");
    running.clock.advance(Duration.ofSeconds(1));
    sendTo("56922222222", "n-2");
    sendTo("56911111111", "n-3");

    assertThat(notifications("")).containsExactly("n-1", "n-2", "n-3");
    assertThat(notifications("?to=+56911111111")).containsExactly("n-1", "n-3");
    assertThat(notifications("?since=2026-03-02T10:52:01Z")).containsExactly("n-2", "n-3");
    assertThat(notifications("?since=2026-03-02T07:52:01.120-03:00")).containsExactly("n-2", "n-3");
    assertThat(notifications("?notification=n-2&to=56922222222")).containsExactly("n-2");
    assertThat(notifications("?notification=n-2&to=56911111111")).isEmpty();
    assertThat(running.call(HttpMethod.GET, "/messages?since=ayer").statusCode()).isEqualTo(400);
  }

  @Test
  void repeatsAreSeenInTheListAndInTheStats() {
    sendTo("56911111111", "n-1");
    sendTo("56911111111", "n-1");
    sendTo("56911111111", "n-2");
    try (SesV2Client ses = running.ses(RunningSimulator.ACCESS_KEY)) {
      ses.sendEmail(Mails.to("a@b.cl", "m-1"));
      ses.sendEmail(Mails.to("a@b.cl", "m-1"));
    }

    assertThat(running.messages("").stream().map(json -> json.getInteger("duplicates")))
        .containsExactly(1, 1, 0, 1, 1);
    assertThat(running.stats())
        .isEqualTo(
            new JsonObject()
                .put("total", 5)
                .put("duplicates", 2)
                .put("by_channel", new JsonObject().put("WHATSAPP", 3).put("EMAIL", 2))
                .put("kept", 5)
                .put("dropped", 0));
  }

  @Test
  void aLongListArrivesWholeAndTheInboxStaysBounded() {
    Future.all(
            IntStream.range(0, 3_500)
                .mapToObj(i -> running.graph().sendJsonObject(RunningSimulator.arrival("n-" + i)))
                .toList())
        .await();

    assertThat(running.messages("")).hasSize(3_000);
    assertThat(running.stats().getLong("dropped")).isEqualTo(500);
  }

  @Test
  void deletingTheMessagesEmptiesTheInbox() {
    sendTo("56911111111", "n-1");

    assertThat(running.call(HttpMethod.DELETE, "/messages").statusCode()).isEqualTo(204);

    assertThat(running.messages("")).isEmpty();
    assertThat(running.stats().getLong("total")).isZero();
  }

  @Test
  void anUnknownPathIsNotFound() {
    assertThat(running.call(HttpMethod.GET, "/nada").statusCode()).isEqualTo(404);
  }

  private void sendTo(String phone, String notification) {
    JsonObject send = RunningSimulator.send(phone, notification, "ingreso_ok", "Ana", "07:52");
    assertThat(running.whatsApp(send).statusCode()).isEqualTo(200);
  }

  private List<String> notifications(String query) {
    return running.messages(query).stream().map(json -> json.getString("notification")).toList();
  }
}
