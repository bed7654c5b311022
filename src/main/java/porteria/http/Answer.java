package porteria.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What an operation answers.
 *
 * @param fileName under which a browser keeps it; empty for what is not a file
 */
record Answer(int status, String contentType, Buffer body, Optional<String> fileName) {

  private static final String JSON = "application/json";
  private static final String CSV = "text/csv; charset=utf-8";
  private static final String PDF = "application/pdf";

  /** Records of pupils are kept by no browser and no proxy. */
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private static final String PROBLEM_JSON = "application/problem+json";

  static Answer ok(JsonObject body) {
    return of(200, body);
  }

  static Answer of(int status, JsonObject body) {
    return new Answer(status, JSON, body.toBuffer(), Optional.empty());
  }

  static Answer problem(int status, JsonObject problem) {
    return new Answer(status, PROBLEM_JSON, problem.toBuffer(), Optional.empty());
  }

  static Answer csv(String fileName, String table) {
    return new Answer(200, CSV, Buffer.buffer(table), Optional.of(fileName));
  }

  static Answer pdf(String fileName, Buffer document) {
    return new Answer(200, PDF, document, Optional.of(fileName));
  }

  static Answer noContent() {
    return of(204, new JsonObject());
  }

  void writeTo(HttpServerResponse response) {
    if (status == 204) {
      response.setStatusCode(status).end();
      return;
    }
    fileName.ifPresent(
        name ->
            response.putHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\""));
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
        .end(body);
  }
}
