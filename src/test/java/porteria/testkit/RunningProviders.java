package porteria.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import porteria.config.EmailSettings;
import porteria.config.Secret;
import porteria.config.WebhookSettings;
import porteria.config.WhatsAppSettings;
import porteria.domain.MessageKey;
import porteria.embedded.simulator.SimulatedTemplate;
import porteria.embedded.simulator.Simulator;
import porteria.embedded.simulator.SimulatorOptions;

/** WhatsApp and SES, simulated on a free port, and the settings that reach them. */
public final class RunningProviders implements AutoCloseable {

  private static final String TOKEN = "a-token-for-tests";
  private static final String NUMBER = "1055";
  private static final String BUSINESS_ACCOUNT = "2055";
  private static final String APP_SECRET = "an-app-secret-for-tests";
  public static final String VERIFY_TOKEN = "a-verify-token-for-tests";
  private static final String ACCESS_KEY = "AKIASIMULATOR";
  private static final String SENDER = "Avisos <avisos@colegio.example>";

  private final Simulator simulator;
  private final WebClient client;

  public RunningProviders(Vertx vertx) {
    SimulatorOptions options =
        SimulatorOptions.local(
                TOKEN,
                NUMBER,
                APP_SECRET,
                ACCESS_KEY,
                SENDER,
                SimulatedTemplate.wantedBy(Path.of("conf", "whatsapp-templates.json")))
            .withMessagesPerSecond(10_000);
    simulator = Simulator.start(vertx, options).await();
    client = WebClient.create(vertx);
  }

  public WhatsAppSettings whatsApp() {
    return new WhatsAppSettings(
        URI.create(simulator.baseUrl()),
        "v25.0",
        NUMBER,
        new Secret(TOKEN),
        1_000,
        1_000_000,
        50,
        Optional.of(BUSINESS_ACCOUNT),
        WantedTemplates.catalogue());
  }

  public EmailSettings email() {
    return new EmailSettings(
        Optional.of(URI.create(simulator.baseUrl())),
        "us-east-1",
        new Secret(ACCESS_KEY),
        new Secret("a-secret-for-tests"),
        SENDER,
        1_000,
        Optional.empty());
  }

  /** What the simulated WhatsApp proves itself by, and the topic that SES speaks through. */
  public static WebhookSettings webhooks() {
    return new WebhookSettings(
        Optional.of(new WebhookSettings.WhatsApp(new Secret(APP_SECRET), new Secret(VERIFY_TOKEN))),
        List.of(TestAmazon.TOPIC));
  }

  /** How WhatsApp signs this body. */
  public static String signature(Buffer body) {
    byte[] mac = new MessageKey(APP_SECRET.getBytes(UTF_8)).authenticate(body.getBytes());
    return "sha256=" + HexFormat.of().formatHex(mac);
  }

  /** Calls this server back from now on. */
  public void callBack(int port) {
    simulator.callBack(URI.create("http://127.0.0.1:" + port)).await();
  }

  /** A family writes back; the phone is digits without a plus. */
  public void reply(String phone, String text) {
    int status =
        client
            .postAbs(simulator.baseUrl() + "/phones/" + phone + "/reply")
            .sendJsonObject(new JsonObject().put("text", text))
            .await()
            .statusCode();
    if (status != 202) {
      throw new IllegalArgumentException("the simulator did not take the reply: " + status);
    }
  }

  /** What families read, oldest first. */
  public List<JsonObject> messages() {
    Buffer body = client.getAbs(simulator.baseUrl() + "/messages").send().await().bodyAsBuffer();
    return new JsonArray(Objects.requireNonNull(body))
        .stream().map(JsonObject.class::cast).toList();
  }

  /** Lets calls fail as the simulator's fault says. */
  public void fail(JsonObject fault) {
    int status =
        client.putAbs(simulator.baseUrl() + "/faults").sendJsonObject(fault).await().statusCode();
    if (status != 200) {
      throw new IllegalArgumentException("no such fault: " + fault);
    }
  }

  /** Lets the account show a template otherwise than it was approved, as the simulator allows. */
  public void showTemplate(JsonObject change) {
    client.putAbs(simulator.baseUrl() + "/templates").sendJsonObject(change).await();
  }

  public void recover() {
    client.deleteAbs(simulator.baseUrl() + "/faults").send().await();
    client.deleteAbs(simulator.baseUrl() + "/templates").send().await();
  }

  public void clear() {
    recover();
    client.deleteAbs(simulator.baseUrl() + "/messages").send().await();
  }

  @Override
  public void close() {
    client.close();
    simulator.close().await();
  }
}
