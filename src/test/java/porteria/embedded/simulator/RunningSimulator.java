package porteria.embedded.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** A simulator on a free port with the clients that call it, for one test. */
final class RunningSimulator implements AutoCloseable {
  static final String TOKEN = "a-token";
  static final String PHONE_NUMBER_ID = "1055";
  static final String APP_SECRET = "an-app-secret";
  static final String ACCESS_KEY = "AKIASIMULATOR";
  static final String SENDER = "avisos@colegio.cl";
  static final String TO = "56987654321";
  static final List<SimulatedTemplate> TEMPLATES =
      List.of(
          new SimulatedTemplate("ingreso_ok", "es", "{{1}} entró al colegio a las {{2}}."),
          new SimulatedTemplate("ingreso_ok", "en", "{{1}} arrived at {{2}}."),
          new SimulatedTemplate("cerrado", "es", "Hoy no hay clases. Más en https://cole.cl/hoy."));

  final Vertx vertx = Vertx.vertx();
  final StillClock clock = new StillClock();
  final Simulator simulator;
  final WebClient client = WebClient.create(vertx);

  RunningSimulator() {
    this(options -> options);
  }

  RunningSimulator(UnaryOperator<SimulatorOptions> change) {
    SimulatorOptions options =
        SimulatorOptions.local(TOKEN, PHONE_NUMBER_ID, APP_SECRET, ACCESS_KEY, SENDER, TEMPLATES)
            .withClock(clock)
            .withRandom(new Random(7));
    simulator = Simulator.start(vertx, change.apply(options)).await();
  }

  /** A send that the provider would accept. */
  static JsonObject arrival(String notification) {
    return send(TO, notification, "ingreso_ok", "Ana", "07:52");
  }

  static JsonObject send(String to, String notification, String template, String... params) {
    JsonArray parameters = new JsonArray();
    for (String param : params) {
      parameters.add(new JsonObject().put("type", "text").put("text", param));
    }
    JsonObject body = new JsonObject().put("type", "body").put("parameters", parameters);
    return new JsonObject()
        .put("messaging_product", "whatsapp")
        .put("recipient_type", "individual")
        .put("to", to)
        .put("type", "template")
        .put("biz_opaque_callback_data", notification)
        .put(
            "template",
            new JsonObject()
                .put("name", template)
                .put("language", new JsonObject().put("code", "es").put("policy", "deterministic"))
                .put("components", new JsonArray().add(body)));
  }

  HttpRequest<Buffer> graph() {
    return client
        .postAbs(simulator.baseUrl() + "/v25.0/" + PHONE_NUMBER_ID + "/messages")
        .putHeader("authorization", "Bearer " + TOKEN);
  }

  HttpResponse<Buffer> whatsApp(JsonObject send) {
    return graph().sendJsonObject(send).await();
  }

  /** The Graph error code of the answer to this send. */
  int refusal(JsonObject send) {
    return code(whatsApp(send));
  }

  static int code(HttpResponse<Buffer> answer) {
    return json(answer).getJsonObject("error").getInteger("code");
  }

  static JsonObject json(HttpResponse<Buffer> answer) {
    return Objects.requireNonNull(answer.bodyAsJsonObject(), "the answer has no body");
  }

  static JsonArray list(HttpResponse<Buffer> answer) {
    return Objects.requireNonNull(answer.bodyAsJsonArray(), "the answer has no body");
  }

  static String text(HttpResponse<Buffer> answer) {
    return Objects.requireNonNull(answer.bodyAsString(), "the answer has no body");
  }

  HttpResponse<Buffer> call(HttpMethod method, String path) {
    return client.requestAbs(method, simulator.baseUrl() + path).send().await();
  }

  HttpResponse<Buffer> putFaults(String json) {
    return client.putAbs(simulator.baseUrl() + "/faults").sendBuffer(Buffer.buffer(json)).await();
  }

  List<JsonObject> messages(String query) {
    return list(call(HttpMethod.GET, "/messages" + query)).stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  JsonObject stats() {
    return json(call(HttpMethod.GET, "/messages/stats"));
  }

  /** The SDK's client, as the service configures it: one attempt, bounded. */
  SesV2Client ses(String accessKey) {
    return ses(accessKey, Duration.ofSeconds(30));
  }

  /**
   * A client of the provider.
   *
   * @param patience longer it waits for no answer
   */
  SesV2Client ses(String accessKey, Duration patience) {
    return SesV2Client.builder()
        .endpointOverride(URI.create(simulator.baseUrl()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "a-secret")))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(patience))
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  @Override
  public void close() {
    simulator.close().await();
    // Not chained: a future of an event loop that has ended is never completed.
    vertx.close().await();
  }
}
