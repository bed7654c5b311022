package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operation answers.
 *
 * @param body all of it, or the beginning of what is too long to be held at once
 * @param fileName under which a browser keeps it; empty for what is not a file
 * @param rest what follows the body; empty when that is all
 */
record Answer(
    int status,
    String contentType,
    Buffer body,
    Optional<String> fileName,
    Optional<Answer.Parts> rest) {

  /** What follows, asked for again when the part before went out, until there is none. */
  @FunctionalInterface
  interface Parts {
    Future<Optional<Buffer>> next();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

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
    return new Answer(status, JSON, body.toBuffer(), Optional.empty(), Optional.empty());
  }

  static Answer problem(int status, JsonObject problem) {
    return new Answer(status, PROBLEM_JSON, problem.toBuffer(), Optional.empty(), Optional.empty());
  }

  static Answer csv(String fileName, String table) {
    return new Answer(200, CSV, Buffer.buffer(table), Optional.of(fileName), Optional.empty());
  }

  static Answer csv(String fileName, String beginning, Parts rest) {
    return new Answer(200, CSV, Buffer.buffer(beginning), Optional.of(fileName), Optional.of(rest));
  }

  static Answer pdf(String fileName, Buffer document) {
    return new Answer(200, PDF, document, Optional.of(fileName), Optional.empty());
  }

  static Answer noContent() {
    return of(204, new JsonObject());
  }

  /** Fails when the rest cannot be had; a client who went away is no failure. */
  Future<Void> writeTo(HttpServerResponse response) {
    if (status == 204) {
      response.setStatusCode(status).end();
      return Future.succeededFuture();
    }
    fileName.ifPresent(
        name ->
            response.putHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\""));
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    if (rest.isEmpty()) {
      response.end(body);
      return Future.succeededFuture();
    }
    response.setChunked(true);
    return write(response, body, rest.get());
  }

  /** As fast as the client takes it. */
  private static Future<Void> write(HttpServerResponse response, Buffer part, Parts rest) {
    return response
        .write(part)
        .transform(
            written -> {
              if (written.failed()) {
                LOG.debug("the client went away: {}", written.cause().toString());
                return Future.succeededFuture();
              }
              return rest.next().compose(next -> follow(response, next, rest));
            });
  }

  private static Future<Void> follow(
      HttpServerResponse response, Optional<Buffer> part, Parts rest) {
    if (part.isPresent()) {
      return write(response, part.get(), rest);
    }
    response.end();
    return Future.succeededFuture();
  }
}
