package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import porteria.config.NotificationSettings;
import porteria.config.WhatsAppSettings;

/** The WhatsApp Cloud API. */
final class WhatsAppClient implements ChannelClient {

  /** Below what servers usually allow, so that a call rarely meets a connection just closed. */
  private static final int KEEP_ALIVE_SECONDS = 15;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  private final WebClient client;
  private final RequestOptions endpoint;
  private final String authorization;
  private final Duration callTimeout;
  private final WhatsAppBody bodies;

  WhatsAppClient(Vertx vertx, WhatsAppSettings account, NotificationSettings sending) {
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setConnectTimeout(connectTimeout(sending)),
            new PoolOptions().setHttp1MaxSize(sending.concurrency()));
    this.endpoint =
        new RequestOptions()
            .setAbsoluteURI(
                "%s/%s/%s/messages"
                    .formatted(
                        account.baseUrl().toString().replaceFirst("/+$", ""),
                        account.version(),
                        account.phoneNumberId()));
    this.authorization = "Bearer " + account.token().value();
    this.callTimeout = sending.callTimeout();
    this.bodies = new WhatsAppBody(account.templates());
  }

  @Override
  public Future<SendOutcome> send(ClaimedMessage message) {
    Buffer body;
    try {
      body = bodies.of(message).toBuffer();
    } catch (IllegalArgumentException unfit) {
      return Future.succeededFuture(SendOutcome.Failed.unfit(String.valueOf(unfit.getMessage())));
    }
    return client
        .request(HttpMethod.POST, endpoint)
        .putHeader(HttpHeaders.AUTHORIZATION.toString(), authorization)
        .putHeader(HttpHeaders.CONTENT_TYPE.toString(), "application/json")
        .idleTimeout(callTimeout.toMillis())
        .sendBuffer(body)
        .timeout(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            answer ->
                Future.succeededFuture(
                    answer.succeeded()
                        ? WhatsAppAnswers.read(answer.result())
                        : Unreachable.outcome(answer.cause())));
  }

  @Override
  public Future<Void> close() {
    client.close();
    return Future.succeededFuture();
  }

  private static int connectTimeout(NotificationSettings sending) {
    Duration call = sending.callTimeout();
    return (int) (call.compareTo(CONNECT_LIMIT) < 0 ? call : CONNECT_LIMIT).toMillis();
  }
}
