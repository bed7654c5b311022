package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import porteria.config.NotificationSettings;
import porteria.config.WhatsAppSettings;

/** The WhatsApp Cloud API. */
final class WhatsAppClient implements ChannelClient {

  /** Below what servers usually allow, so that a call rarely meets a connection just closed. */
  private static final int KEEP_ALIVE_SECONDS = 15;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  private final HttpClient client;
  private final RequestOptions endpoint;
  private final Duration callTimeout;
  private final WhatsAppBody bodies;

  WhatsAppClient(Vertx vertx, WhatsAppSettings account, NotificationSettings sending) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setConnectTimeout(connectTimeout(sending)),
            new PoolOptions().setHttp1MaxSize(sending.concurrency()));
    this.endpoint =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(
                "%s/%s/%s/messages"
                    .formatted(
                        account.baseUrl().toString().replaceFirst("/+$", ""),
                        account.version(),
                        account.phoneNumberId()))
            .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + account.token().value())
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
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
    Future<HttpClientRequest> opened = client.request(endpoint);
    return opened
        // Fails before the time-out below: on a connection that opens later no call is begun.
        .timeout(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            open ->
                open.succeeded()
                    ? open.result().send(body).compose(WhatsAppClient::read)
                    : Future.succeededFuture(unopened(opened, open.cause())))
        .timeout(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
        // A connection that still waits for its answer is of no use to the next message.
        .onFailure(fault -> opened.onSuccess(HttpClientRequest::reset))
        .otherwise(Unreachable::outcome);
  }

  private static SendOutcome unopened(Future<HttpClientRequest> opening, Throwable why) {
    opening.onSuccess(HttpClientRequest::reset);
    return Unreachable.unopened(why);
  }

  private static Future<SendOutcome> read(HttpClientResponse answer) {
    return answer
        .body()
        .map(body -> WhatsAppAnswers.read(answer.statusCode(), answer.headers(), body));
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }

  private static int connectTimeout(NotificationSettings sending) {
    Duration call = sending.callTimeout();
    return (int) (call.compareTo(CONNECT_LIMIT) < 0 ? call : CONNECT_LIMIT).toMillis();
  }
}
