package porteria.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** What an operation answers. */
record Answer(int status, String contentType, JsonObject body) {

  private static final String JSON = "application/json";
  private static final String PROBLEM_JSON = "application/problem+json";

  static Answer ok(JsonObject body) {
    return of(200, body);
  }

  static Answer of(int status, JsonObject body) {
    return new Answer(status, JSON, body);
  }

  static Answer problem(int status, JsonObject problem) {
    return new Answer(status, PROBLEM_JSON, problem);
  }

  static Answer noContent() {
    return of(204, new JsonObject());
  }

  void writeTo(HttpServerResponse response) {
    if (status == 204) {
      response.setStatusCode(status).end();
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
        .end(body.toBuffer());
  }
}
