package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WhatsAppApiTest {
  private RunningSimulator running;

  @BeforeEach
  void start() {
    running = new RunningSimulator(options -> options.withMessagesPerSecond(5));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void anAcceptedMessageIsAnsweredLikeTheProviderAndShownAsTheFamilyReadsIt() {
    HttpResponse<Buffer> answer = running.whatsApp(RunningSimulator.arrival("n-1"));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonObject body = RunningSimulator.json(answer);
    JsonObject sent = body.getJsonArray("messages").getJsonObject(0);
    assertThat(body.getString("messaging_product")).isEqualTo("whatsapp");
    assertThat(body.getJsonArray("contacts").getJsonObject(0).getString("wa_id"))
        .isEqualTo(RunningSimulator.TO);
    assertThat(sent.getString("id")).startsWith("wamid.");
    assertThat(sent.getString("message_status")).isEqualTo("accepted");
    assertThat(running.messages("?notification=n-1"))
        .containsExactly(
            new JsonObject()
                .put("id", sent.getString("id"))
                .put("channel", "WHATSAPP")
                .put("to", RunningSimulator.TO)
                .put("notification", "n-1")
                .put("received_at", "2026-03-02T10:52:00.120Z")
                .put("template", "ingreso_ok")
                .put("language", "es")
                .put("params", new JsonArray(List.of("Ana", "07:52")))
                .put("text", "Ana entró al colegio a las 07:52.")
                .put("duplicates", 0));
  }

  @Test
  void aTemplateWithoutPlaceholdersNeedsNoComponents() {
    JsonObject send = RunningSimulator.send(RunningSimulator.TO, "n", "cerrado");
    send.getJsonObject("template").remove("components");

    assertThat(running.whatsApp(send).statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongTokenIsTurnedAwayBeforeAnythingElse() {
    for (String header : List.of("Bearer other", RunningSimulator.TOKEN, "")) {
      HttpResponse<Buffer> answer =
          running
              .graph()
              .putHeader("authorization", header)
              .sendJsonObject(new JsonObject())
              .await();

      assertThat(answer.statusCode()).as(header).isEqualTo(401);
      assertThat(RunningSimulator.code(answer)).isEqualTo(190);
    }
  }

  @Test
  void anUnknownPhoneNumberIdIsInvalid() {
    HttpResponse<Buffer> answer =
        running
            .client
            .postAbs(running.simulator.baseUrl() + "/v25.0/9999/messages")
            .putHeader("authorization", "Bearer " + RunningSimulator.TOKEN)
            .sendJsonObject(RunningSimulator.arrival("n"))
            .await();

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningSimulator.code(answer)).isEqualTo(100);
  }

  @Test
  void anUnknownTemplateOrLanguageIsNotFound() {
    JsonObject otherName = RunningSimulator.send(RunningSimulator.TO, "n", "nadie");
    JsonObject otherLanguage = RunningSimulator.arrival("n");
    language(otherLanguage).put("code", "pt");

    for (JsonObject send : List.of(otherName, otherLanguage)) {
      HttpResponse<Buffer> answer = running.whatsApp(send);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(RunningSimulator.code(answer)).isEqualTo(132001);
    }
  }

  static Stream<Arguments> flawsOfTheEnvelope() {
    return Stream.of(
        flaw("no product", 100, send -> send.remove("messaging_product")),
        flaw("no recipient_type", 100, send -> send.remove("recipient_type")),
        flaw("a group", 100, send -> send.put("recipient_type", "group")),
        flaw("no policy", 100, send -> language(send).remove("policy")),
        flaw("other policy", 100, send -> language(send).put("policy", "fallback")),
        flaw("no language", 100, send -> send.getJsonObject("template").remove("language")),
        flaw("no template", 100, send -> send.remove("template")),
        flaw("a text message", 100, send -> send.put("type", "text")),
        flaw("no recipient", 100, send -> send.remove("to")),
        flaw("not a phone", 131009, send -> send.put("to", "ana@colegio.cl")),
        flaw("long callback", 100, send -> send.put("biz_opaque_callback_data", "x".repeat(513))),
        flaw("callback not text", 100, send -> send.put("biz_opaque_callback_data", 5)),
        flaw("components not a list", 132000, send -> template(send).put("components", "body")),
        flaw("a header", 132012, send -> component(send).put("type", "header")));
  }

  static Stream<Arguments> flawsOfTheParameters() {
    return Stream.of(
        flaw("one too few", 132000, send -> parameters(send).remove(1)),
        flaw("one too many", 132000, send -> parameters(send).add(text("more"))),
        flaw("empty", 131008, send -> parameters(send).set(0, text(""))),
        flaw("blank", 131008, send -> parameters(send).set(0, text("  "))),
        flaw("newline", 100, send -> parameters(send).set(0, text("Ana\nRojas"))),
        flaw("tab", 100, send -> parameters(send).set(0, text("Ana\tRojas"))),
        flaw("five spaces", 100, send -> parameters(send).set(0, text("Ana     Rojas"))),
        flaw("too long", 132005, send -> parameters(send).set(0, text("a".repeat(1020)))),
        flaw("a date", 132012, send -> parameters(send).set(0, text("x").put("type", "date"))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"flawsOfTheEnvelope", "flawsOfTheParameters"})
  void aFlawedCallIsRefusedWithTheProvidersCodeAndNothingIsKept(
      String name, int code, Consumer<JsonObject> flaw) {
    JsonObject send = RunningSimulator.arrival("n");
    flaw.accept(send);

    assertThat(running.refusal(send)).as(name).isEqualTo(code);
    assertThat(running.messages("")).isEmpty();
  }

  @Test
  void fourSpacesInARowAreStillFine() {
    JsonObject send = RunningSimulator.arrival("n");
    parameters(send).set(0, text("Ana    Rojas"));

    assertThat(running.whatsApp(send).statusCode()).isEqualTo(200);
  }

  @Test
  void bodiesThatAreNotACallAreRefusedAndNeverAServerError() {
    for (String body : List.of("", "null", "[]", "{", "7", "{\"template\":[1]}")) {
      HttpResponse<Buffer> answer = running.graph().sendBuffer(Buffer.buffer(body)).await();
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(RunningSimulator.code(answer)).isEqualTo(100);
    }
  }

  @Test
  void aboveTheRateTheProviderSaysSoUntilTheClockMovesOn() {
    for (int i = 0; i < 5; i++) {
      assertThat(running.whatsApp(RunningSimulator.arrival("n-" + i)).statusCode()).isEqualTo(200);
    }
    HttpResponse<Buffer> answer = running.whatsApp(RunningSimulator.arrival("n-5"));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(RunningSimulator.code(answer)).isEqualTo(130429);

    running.clock.advance(Duration.ofMillis(200));

    assertThat(running.whatsApp(RunningSimulator.arrival("n-5")).statusCode()).isEqualTo(200);
    assertThat(running.refusal(RunningSimulator.arrival("n-6"))).isEqualTo(130429);
    assertThat(running.stats().getLong("total")).isEqualTo(6);
  }

  private static Arguments flaw(String name, int code, Consumer<JsonObject> flaw) {
    return Arguments.of(name, code, flaw);
  }

  private static JsonObject template(JsonObject send) {
    return send.getJsonObject("template");
  }

  private static JsonObject language(JsonObject send) {
    return template(send).getJsonObject("language");
  }

  private static JsonObject component(JsonObject send) {
    return template(send).getJsonArray("components").getJsonObject(0);
  }

  private static JsonArray parameters(JsonObject send) {
    return component(send).getJsonArray("parameters");
  }

  private static JsonObject text(String text) {
    return new JsonObject().put("type", "text").put("text", text);
  }
}
