package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class InboxPagesTest {
  private RunningSimulator running;

  @BeforeEach
  void start() {
    running = new RunningSimulator();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void anEmptyInboxSaysWhatToExpect() {
    assertThat(page("/")).contains("Aún no llega ningún mensaje");
  }

  @Test
  void theRecipientWhoHeardLastComesFirstWithTheSentenceAndItsTime() {
    running.whatsApp(RunningSimulator.arrival("n-1"));
    running.clock.advance(Duration.ofHours(24));
    running.whatsApp(RunningSimulator.send("56911112222", "n-2", "cerrado"));

    String page = page("/");

    assertThat(page).containsSubsequence("+56 9 1111 2222", "hoy, 07:52:00", "+56 9 8765 4321");
    assertThat(page).containsSubsequence("ayer, 07:52:00", "Ana entró al colegio a las 07:52.");
  }

  @Test
  void addressesInTheTextAreLinksThatStopBeforeTheFullStop() {
    running.whatsApp(RunningSimulator.send(RunningSimulator.TO, "n", "cerrado"));

    assertThat(page("/")).contains("href=\"https://cole.cl/hoy\">https://cole.cl/hoy</a>.");
  }

  @Test
  void whatSendersWriteIsNeverMarkup() {
    running.whatsApp(
        RunningSimulator.send(
            RunningSimulator.TO,
            "n",
            "ingreso_ok",
            "<script>alert(1)</script>",
            "https://x.cl/\"onmouseover=\"alert(1)"));

    HttpResponse<Buffer> answer = running.call(HttpMethod.GET, "/");

    assertThat(answer.bodyAsString())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script")
        .doesNotContain("\"onmouseover");
    assertThat(answer.getHeader("content-security-policy")).contains("default-src 'none'");
    assertThat(page("/?to=%22%3E%3Cscript%3E@x")).doesNotContain("<script");
  }

  @Test
  void aRepeatAndAnActiveFaultStandOut() {
    running.whatsApp(RunningSimulator.arrival("n-1"));
    running.whatsApp(RunningSimulator.arrival("n-1"));
    running.putFaults("{\"channel\":\"EMAIL\",\"mode\":\"500\",\"rate\":0.25}");

    assertThat(page("/"))
        .contains("Repetido: llegó 2 veces")
        .contains("2 mensajes · <strong>⚠ 1 repetido<")
        .contains("Falla simulada: Correo · 500 · 25 %");
  }

  @Test
  void onePhoneCanBeLookedUpAsPeopleWriteIt() {
    running.whatsApp(RunningSimulator.arrival("n-1"));
    running.whatsApp(RunningSimulator.send("56911112222", "n-2", "cerrado"));

    assertThat(page("/?to=%2B56+9+8765+4321"))
        .contains("Ana entró")
        .doesNotContain("Hoy no hay clases");
    assertThat(page("/?to=56900000000")).contains("no le ha llegado ningún mensaje");
  }

  @Test
  void aMailOpensAsItWasDesignedInsideASandbox() {
    String id;
    try (SesV2Client ses = running.ses(RunningSimulator.ACCESS_KEY)) {
      id = ses.sendEmail(Mails.to("a@b.cl", "n")).messageId();
    }
    assertThat(page("/")).contains("a@b.cl", "Ana entró al colegio", "/messages/" + id + "/html");

    HttpResponse<Buffer> mail = running.call(HttpMethod.GET, "/messages/" + id + "/html");

    assertThat(mail.bodyAsString()).isEqualTo("<p>Ana entró a las <b>07:52</b>.</p>");
    assertThat(mail.getHeader("content-security-policy"))
        .startsWith("sandbox")
        .doesNotContain("allow-scripts");
    assertThat(running.call(HttpMethod.GET, "/messages/none/html").statusCode()).isEqualTo(404);
  }

  @Test
  void aReplyIsOfferedOnlyWhenSomebodyHearsIt() {
    try (WebhookReceiver receiver = new WebhookReceiver();
        RunningSimulator heard =
            new RunningSimulator(options -> options.withWebhookBase(receiver.base()))) {
      heard.whatsApp(RunningSimulator.arrival("n-1"));
      String path = "/?to=" + RunningSimulator.TO;
      assertThat(heard.call(HttpMethod.GET, path).bodyAsString()).contains("/reply");
    }
    running.whatsApp(RunningSimulator.arrival("n-1"));
    assertThat(page("/?to=" + RunningSimulator.TO)).doesNotContain("/reply");
  }

  @Test
  void theStyleIsServed() {
    HttpResponse<Buffer> style = running.call(HttpMethod.GET, "/inbox.css");

    assertThat(style.statusCode()).isEqualTo(200);
    assertThat(style.getHeader("content-type")).startsWith("text/css");
  }

  @Test
  void optionsDoNotShowTheirSecrets() {
    SimulatorOptions options =
        SimulatorOptions.local(
            "token-x", "1", "secret-x", "key-x", "a@b.cl", RunningSimulator.TEMPLATES);

    assertThat(options.toString()).doesNotContain("token-x", "secret-x", "key-x");
    assertThat(new JsonObject().put("options", options.toString()).encode()).contains("a@b.cl");
  }

  private String page(String path) {
    return RunningSimulator.text(running.call(HttpMethod.GET, path));
  }
}
