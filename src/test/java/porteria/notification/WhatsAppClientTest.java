package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import porteria.config.NotificationSettings;
import porteria.config.Secret;
import porteria.config.WhatsAppSettings;
import porteria.domain.Channel;
import porteria.domain.FailureClass;
import porteria.testkit.WantedTemplates;

/** What is known of a call whose connection comes too late, or breaks. */
class WhatsAppClientTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String TAKEN = "{\"messages\":[{\"id\":\"wamid.1\"}]}";

  private final List<Runnable> closing = new ArrayList<>();
  private Vertx vertx;
  private LateNames names;

  @BeforeEach
  void open() {
    Vertx resolving = Vertx.vertx();
    names = LateNames.open(resolving);
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .addServer(names.address())
                        .setQueryTimeout(60_000)));
    closing.add(() -> resolving.close().await());
  }

  @AfterEach
  void close() {
    vertx.close().await();
    names.close();
    closing.forEach(Runnable::run);
  }

  @Test
  void a_call_whose_connection_opens_after_its_deadline_is_not_begun() {
    List<String> calls = new CopyOnWriteArrayList<>();
    HttpServer provider =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  calls.add("call");
                  request.response().end(TAKEN);
                })
            .listen(0)
            .await();
    WhatsAppClient client = client("provider.test", provider.actualPort(), Duration.ofMillis(200));
    assertThat(sent(client))
        .asInstanceOf(InstanceOfAssertFactories.type(SendOutcome.Failed.class))
        .extracting(SendOutcome.Failed::failureClass)
        .isEqualTo(FailureClass.TRANSIENT);
    names.asked().await();
    names.answer();
    assertThat(sent(client("provider.test", provider.actualPort(), LONG)))
        .isInstanceOf(SendOutcome.Sent.class);
    client.close().await();
    assertThat(calls).hasSize(1);
  }

  @Test
  void of_a_connection_that_is_reset_under_a_call_nobody_knows_what_came() {
    NetServer provider =
        vertx
            .createNetServer(new NetServerOptions().setSoLinger(0))
            .connectHandler(socket -> socket.handler(begun -> socket.close()))
            .listen(0)
            .await();
    assertThat(sent(client("127.0.0.1", provider.actualPort(), LONG)))
        .isInstanceOf(SendOutcome.Unknown.class);
  }

  private static SendOutcome sent(WhatsAppClient client) {
    return client.send(message()).await();
  }

  private WhatsAppClient client(String host, int port, Duration callTimeout) {
    return new WhatsAppClient(
        vertx,
        new WhatsAppSettings(
            URI.create("http://" + host + ":" + port),
            "v25.0",
            "1055",
            new Secret("a-token-for-tests"),
            80,
            1_000,
            50,
            Optional.empty(),
            WantedTemplates.catalogue()),
        new NotificationSettings(
            Duration.ofHours(2),
            1,
            callTimeout,
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5)));
  }

  private static ClaimedMessage message() {
    Instant now = Instant.parse("2026-06-10T12:00:00Z");
    return new ClaimedMessage(
        UUID.randomUUID(),
        UUID.randomUUID(),
        1,
        Channel.WHATSAPP,
        "+56911111111",
        "ingreso_ok",
        "es",
        new ClaimedMessage.Facts(
            Map.of("student", "Ana Rojas", "time", "08:00", "gate", "Puerta Norte")),
        now,
        now,
        0,
        true);
  }
}
