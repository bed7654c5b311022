package porteria.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The real one. The server's certificate is checked; redirects are not followed. */
public final class SnsOverHttps implements SnsResources {

  private static final int DEADLINE_MILLIS = 5_000;

  private final WebClient client;

  public SnsOverHttps(Vertx vertx) {
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions().setFollowRedirects(false).setConnectTimeout(DEADLINE_MILLIS));
  }

  @Override
  public Future<Buffer> get(URI address) {
    return client
        .getAbs(address.toString())
        .idleTimeout(DEADLINE_MILLIS)
        .send()
        .timeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
        .compose(
            answer ->
                answer.statusCode() == 200
                    ? Future.succeededFuture(
                        Objects.requireNonNullElseGet(answer.bodyAsBuffer(), Buffer::buffer))
                    : Future.failedFuture("SNS answered " + answer.statusCode()));
  }
}
