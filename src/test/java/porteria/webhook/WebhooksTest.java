package porteria.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.WebClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import porteria.bus.Bus;
import porteria.config.WebhookSettings;

/** A webhook that is not configured is not there. */
class WebhooksTest {

  @Test
  void without_what_proves_who_speaks_nobody_is_listened_to() {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    new Webhooks(
            new WebhookSettings(Optional.empty(), List.of()),
            Bus.on(vertx, 1_000),
            InstantSource.system(),
            address -> Future.failedFuture("nobody asks"))
        .mount(router);
    HttpServer server =
        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
    WebClient client = WebClient.create(vertx);
    for (String path : List.of("/webhooks/whatsapp", "/webhooks/ses")) {
      for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
        assertThat(
                client
                    .request(method, server.actualPort(), "127.0.0.1", path)
                    .send()
                    .await()
                    .statusCode())
            .as("%s %s", method, path)
            .isEqualTo(404);
      }
    }
    vertx.close().await();
  }
}
