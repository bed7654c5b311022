package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private RunningSimulator running;

  @BeforeEach
  void start() {
    running = new RunningSimulator(options -> options.withMessagesPerSecond(1_000));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void anOutageAnswers500AndKeepsNothing() {
    running.putFaults("{\"channel\":\"WHATSAPP\",\"mode\":\"500\"}");

    HttpResponse<Buffer> answer = send("n");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(RunningSimulator.code(answer)).isEqualTo(1);
    assertThat(running.messages("")).isEmpty();
  }

  @Test
  void aThrottledSendIsToldWhenToComeBackIfADelayWasGiven() {
    running.putFaults("[{\"mode\":\"429\",\"times\":1,\"delay_ms\":1500},{\"mode\":\"429\"}]");

    HttpResponse<Buffer> told = send("n");
    HttpResponse<Buffer> untold = send("n");

    assertThat(told.statusCode()).isEqualTo(429);
    assertThat(RunningSimulator.code(told)).isEqualTo(130429);
    assertThat(told.getHeader("retry-after")).isEqualTo("2");
    assertThat(untold.statusCode()).isEqualTo(429);
    assertThat(untold.getHeader("retry-after")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {131026, 131049, 132015, 190, 131056, 4, 200, 131000})
  void anyErrorCodeCanBeOrdered(int code) {
    running.putFaults("{\"channel\":\"WHATSAPP\",\"mode\":\"code\",\"code\":" + code + "}");

    HttpResponse<Buffer> answer = send("n");

    assertThat(RunningSimulator.code(answer)).isEqualTo(code);
    assertThat(answer.statusCode()).isBetween(400, 503);
    assertThat(running.messages("")).isEmpty();
  }

  @Test
  void aTimeOutTakesTheMessageAndNeverAnswers() {
    running.putFaults("{\"mode\":\"timeout\"}");

    assertThatThrownBy(
            () ->
                running
                    .graph()
                    .timeout(1_000)
                    .sendJsonObject(RunningSimulator.arrival("n"))
                    .await())
        .isInstanceOf(TimeoutException.class);

    assertThat(running.messages("?notification=n")).hasSize(1);
  }

  @Test
  void aTimeOutWithADelayEndsInACutConnection() {
    running.putFaults("{\"mode\":\"timeout\",\"delay_ms\":20}");

    assertThatThrownBy(() -> send("n")).isInstanceOf(HttpClosedException.class);
  }

  @Test
  void aDropTakesTheMessageAndCutsTheConnection() {
    running.putFaults("{\"mode\":\"drop\"}");

    assertThatThrownBy(() -> send("n")).isInstanceOf(HttpClosedException.class);

    assertThat(running.messages("?notification=n")).hasSize(1);
  }

  @Test
  void aLostCallCanAlsoBeOneThatNeverReachedTheProvider() {
    running.putFaults("{\"mode\":\"drop\",\"accepted\":false}");

    assertThatThrownBy(() -> send("n")).isInstanceOf(HttpClosedException.class);

    assertThat(running.messages("")).isEmpty();
  }

  @Test
  void garbageTakesTheMessageAndAnswersSomethingElse() {
    running.putFaults("{\"mode\":\"garbage\"}");

    HttpResponse<Buffer> answer = send("n");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(answer::bodyAsJsonObject).isInstanceOf(DecodeException.class);
    assertThat(running.messages("?notification=n")).hasSize(1);
  }

  @Test
  void aSlowAnswerComesLateAndWhole() {
    running.putFaults("{\"mode\":\"slow\",\"delay_ms\":150}");
    long before = System.nanoTime();

    HttpResponse<Buffer> answer = send("n");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(150_000_000L);
  }

  @Test
  void aFaultStrikesOnlyItsRecipientAndChannelAndOnlySoOften() {
    running.putFaults("{\"channel\":\"EMAIL\",\"mode\":\"500\"}");
    running.putFaults(
        "{\"channel\":\"WHATSAPP\",\"mode\":\"500\",\"to\":\"+56 9 8765 4321\",\"times\":2}");

    assertThat(sendTo("56911112222")).isEqualTo(200);
    assertThat(sendTo(RunningSimulator.TO)).isEqualTo(500);
    assertThat(RunningSimulator.list(running.call(HttpMethod.GET, "/faults")).getJsonObject(1))
        .isEqualTo(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("mode", "500")
                .put("rate", 1.0)
                .put("to", RunningSimulator.TO)
                .put("times", 1));
    assertThat(sendTo(RunningSimulator.TO)).isEqualTo(500);
    assertThat(sendTo(RunningSimulator.TO)).isEqualTo(200);
  }

  @Test
  void theFirstFaultThatStrikesWinsAndOkShieldsItsRecipient() {
    running.putFaults(
        "[{\"mode\":\"ok\",\"to\":\"56911112222\"},{\"mode\":\"429\"},{\"mode\":\"500\"}]");

    assertThat(sendTo("56911112222")).isEqualTo(200);
    assertThat(sendTo(RunningSimulator.TO)).isEqualTo(429);
  }

  @Test
  void okTakesAwayWhatWasOrderedForTheSameTarget() {
    running.putFaults("{\"channel\":\"WHATSAPP\",\"mode\":\"500\"}");
    running.putFaults("{\"channel\":\"WHATSAPP\",\"mode\":\"ok\"}");

    assertThat(sendTo(RunningSimulator.TO)).isEqualTo(200);
  }

  @Test
  void deletingTheFaultsRestoresService() {
    running.putFaults("[{\"mode\":\"500\"},{\"mode\":\"drop\"}]");

    assertThat(running.call(HttpMethod.DELETE, "/faults").statusCode()).isEqualTo(204);

    assertThat(running.call(HttpMethod.GET, "/faults").bodyAsJsonArray()).isEmpty();
    assertThat(sendTo(RunningSimulator.TO)).isEqualTo(200);
  }

  @Test
  void aRateStrikesItsShareAndTheSameSeedStrikesTheSameSends() {
    running.putFaults("{\"mode\":\"500\",\"rate\":0.3}");
    int[] first = IntStream.range(0, 200).map(i -> sendTo(RunningSimulator.TO)).toArray();

    running.close();
    start();
    running.putFaults("{\"mode\":\"500\",\"rate\":0.3}");
    int[] second = IntStream.range(0, 200).map(i -> sendTo(RunningSimulator.TO)).toArray();

    assertThat(IntStream.of(first).filter(status -> status == 500).count()).isBetween(40L, 80L);
    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "{}",
        "{\"mode\":\"sometimes\"}",
        "{\"mode\":\"code\"}",
        "{\"mode\":\"500\",\"rate\":1.5}",
        "{\"mode\":\"500\",\"rate\":\"often\"}",
        "{\"mode\":\"500\",\"times\":0}",
        "{\"mode\":\"500\",\"times\":1.5}",
        "{\"mode\":\"500\",\"channel\":\"SMS\"}",
        "{\"mode\":\"500\",\"to\":\"nobody\"}",
        "{\"mode\":\"500\",\"retries\":3}",
        "{\"mode\":\"slow\",\"delay_ms\":-1}",
        "[{\"mode\":\"500\"},{\"mode\":\"?\"}]"
      })
  void aFaultThatMakesNoSenseIsExplainedAndChangesNothing(String json) {
    HttpResponse<Buffer> answer = running.putFaults(json);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningSimulator.json(answer).getJsonArray("errors")).isNotEmpty();
    assertThat(running.call(HttpMethod.GET, "/faults").bodyAsJsonArray()).isEmpty();
  }

  private HttpResponse<Buffer> send(String notification) {
    return running.whatsApp(RunningSimulator.arrival(notification));
  }

  private int sendTo(String phone) {
    return running
        .whatsApp(RunningSimulator.send(phone, "n", "ingreso_ok", "Ana", "07:52"))
        .statusCode();
  }
}
