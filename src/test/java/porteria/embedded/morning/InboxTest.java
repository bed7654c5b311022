package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import porteria.embedded.simulator.SimulatedTemplate;
import porteria.embedded.simulator.Simulator;
import porteria.embedded.simulator.SimulatorOptions;

/** Against the real simulator. */
class InboxTest {
  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);
  private String url = "";

  @BeforeEach
  void start() {
    SimulatedTemplate entered =
        new SimulatedTemplate("ingreso_ok", "es", "{{1}} entró a las {{2}} por {{3}}.");
    SimulatorOptions options =
        SimulatorOptions.local("token", "1055", "secret", "AKIA", "a@b.example", List.of(entered));
    url = Simulator.start(vertx, options).await().baseUrl();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void it_reads_what_families_got_and_each_message_once() {
    Inbox inbox = new Inbox(client, url, Instant.now().minusSeconds(1));
    send("Ana Soto", "08:00");
    inbox.update().await();
    send("Eva Soto", "08:01");
    inbox.update().await();

    assertThat(inbox.messages())
        .extracting(told -> told.params().getFirst())
        .containsExactly("Ana Soto", "Eva Soto");
    assertThat(inbox.messages())
        .allSatisfy(
            told -> {
              assertThat(told.address()).isEqualTo(Obligation.Address.phone("+56911112222"));
              assertThat(told.about()).isEqualTo(Told.About.ENTRY);
            });
    assertThat(inbox.dropped().await()).isZero();
  }

  @Test
  void what_came_before_the_morning_is_not_read() {
    send("Ana Soto", "08:00");
    Inbox inbox = new Inbox(client, url, Instant.now().plusSeconds(5));

    inbox.update().await();

    assertThat(inbox.messages()).isEmpty();
  }

  private void send(String name, String time) {
    JsonArray parameters = new JsonArray();
    for (String text : List.of(name, time, "Norte")) {
      parameters.add(new JsonObject().put("type", "text").put("text", text));
    }
    JsonObject template =
        new JsonObject()
            .put("name", "ingreso_ok")
            .put("language", new JsonObject().put("code", "es").put("policy", "deterministic"))
            .put(
                "components",
                new JsonArray()
                    .add(new JsonObject().put("type", "body").put("parameters", parameters)));
    JsonObject body =
        new JsonObject()
            .put("messaging_product", "whatsapp")
            .put("recipient_type", "individual")
            .put("to", "56911112222")
            .put("type", "template")
            .put("template", template);
    int status =
        client
            .postAbs(url + "/v25.0/1055/messages")
            .bearerTokenAuthentication("token")
            .sendJsonObject(body)
            .await()
            .statusCode();
    assertThat(status).isEqualTo(200);
  }
}
