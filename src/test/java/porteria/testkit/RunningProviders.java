package porteria.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import porteria.config.EmailSettings;
import porteria.config.Secret;
import porteria.config.WhatsAppSettings;
import porteria.embedded.simulator.SimulatedTemplate;
import porteria.embedded.simulator.Simulator;
import porteria.embedded.simulator.SimulatorOptions;

/** WhatsApp and SES, simulated on a free port, and the settings that reach them. */
public final class RunningProviders implements AutoCloseable {

  private static final String TOKEN = "a-token-for-tests";
  private static final String NUMBER = "1055";
  private static final String BUSINESS_ACCOUNT = "2055";
  private static final String ACCESS_KEY = "AKIASIMULATOR";
  private static final String SENDER = "Avisos <avisos@colegio.example>";

  private final Simulator simulator;
  private final WebClient client;

  public RunningProviders(Vertx vertx) {
    SimulatorOptions options =
        SimulatorOptions.local(
                TOKEN,
                NUMBER,
                "an-app-secret",
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
        1_000);
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
