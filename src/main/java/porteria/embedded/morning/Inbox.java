package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the families of the simulator have got since the morning began. */
final class Inbox {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration OVERLAP = Duration.ofSeconds(1);

  private final WebClient client;
  private final String messagesUrl;
  private final Instant start;
  private final Map<String, Told> messages = new LinkedHashMap<>();
  private Instant newest;

  /**
   * @param start messages received before it belong to earlier runs
   */
  Inbox(WebClient client, String simulatorUrl, Instant start) {
    this.client = client;
    this.messagesUrl = simulatorUrl + "/messages";
    this.start = start;
    this.newest = start;
  }

  /** All messages so far, oldest first. */
  Collection<Told> messages() {
    return Collections.unmodifiableCollection(messages.values());
  }

  /** Fetches what is new; fails when the simulator does not answer as it should. */
  Future<Void> update() {
    Instant overlapped = newest.minus(OVERLAP);
    Instant since = overlapped.isBefore(start) ? start : overlapped;
    return get(client.getAbs(messagesUrl).addQueryParam("since", Scan.time(since)))
        .map(response -> take(new JsonArray(response.bodyAsString())));
  }

  /**
   * How many messages the simulator has thrown away for lack of room: if it grows during the
   * morning, the inbox is no judge.
   */
  Future<Long> dropped() {
    return get(client.getAbs(messagesUrl + "/stats"))
        .map(response -> new JsonObject(response.bodyAsString()).getLong("dropped", 0L));
  }

  private Void take(JsonArray items) {
    for (Object item : items) {
      Told told = Told.read((JsonObject) item);
      messages.putIfAbsent(told.id(), told);
      newest = told.receivedAt().isAfter(newest) ? told.receivedAt() : newest;
    }
    return null;
  }

  private static Future<HttpResponse<Buffer>> get(HttpRequest<Buffer> request) {
    return request
        .timeout(TIMEOUT.toMillis())
        .send()
        .compose(
            response ->
                response.statusCode() == 200
                    ? Future.succeededFuture(response)
                    : Future.failedFuture("the inbox answered HTTP " + response.statusCode()));
  }
}
