package porteria.embedded.simulator;

import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;

/** A provider's answer: status, headers beside the content type, and the body. */
record Answer(int status, String contentType, Map<String, String> headers, String body) {
  static final String JSON = "application/json";

  static Answer json(int status, String body) {
    return new Answer(status, JSON, Map.of(), body);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, Map.copyOf(more), body);
  }

  /** Sends it, unless the caller has hung up. */
  void send(HttpServerResponse response) {
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(status).putHeader("content-type", contentType);
    headers.forEach(response::putHeader);
    response.end(body);
  }
}
