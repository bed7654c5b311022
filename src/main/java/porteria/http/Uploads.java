package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.Failure.Kind;

/**
 * Files that come as the part {@code file} of a form (RFC 7578). They may be larger than other
 * bodies, so none is read before it is known who sends it: until then the request waits, unread.
 */
final class Uploads {

  private static final int MOST_BYTES = 10 * 1024 * 1024;

  /** What the form adds around the file. */
  private static final int MOST_FORM_BYTES = 16 * 1024;

  private static final String FORM = "multipart/form-data";
  private static final String PART = "file";
  private static final String PATH = "/roster/import";

  private Uploads() {}

  /** Whether a request goes to an operation that takes a file. */
  static boolean goesTo(RoutingContext context, String base) {
    return context.request().method().equals(HttpMethod.POST)
        && context.normalizedPath().equals(base + PATH);
  }

  /** Lets the body wait; what of it nobody has read when the answer is sent is dropped. */
  static void hold(RoutingContext context) {
    context.request().pause();
    context.addEndHandler(answered -> context.request().resume());
    context.next();
  }

  /**
   * The file of a request that waits; fails with UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE or
   * INVALID_REQUEST.
   */
  static Future<Buffer> read(HttpServerRequest request) {
    Optional<Failure> refused = refusal(request);
    if (refused.isPresent()) {
      return Future.failedFuture(refused.get().asException());
    }
    Promise<Buffer> read = Promise.promise();
    Part part = new Part(read);
    try {
      request.setExpectMultipart(true);
    } catch (RuntimeException noBoundary) {
      return Future.failedFuture(unreadable().asException());
    }
    request.uploadHandler(part::take);
    request.exceptionHandler(broken -> read.tryFail(unreadable().asException()));
    request.endHandler(end -> part.end());
    request.resume();
    return read.future();
  }

  private static Optional<Failure> refusal(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      return Optional.of(
          Failure.of(
              Kind.UNSUPPORTED_MEDIA_TYPE, "Allowed is multipart/form-data with a part file."));
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && Long.parseLong(length) > MOST_BYTES + MOST_FORM_BYTES
        ? Optional.of(tooLarge())
        : Optional.empty();
  }

  private static Failure tooLarge() {
    return Failure.of(Kind.BODY_TOO_LARGE, "Allowed are files of %d bytes.".formatted(MOST_BYTES));
  }

  private static Failure unreadable() {
    return invalid("The form cannot be read.");
  }

  private static Failure invalid(String detail) {
    return new Failure(
        Kind.INVALID_REQUEST,
        detail,
        List.of(new FieldError("/" + PART, "allowed is one file, as the part named file")));
  }

  /** The one part that is wanted, as it comes in. */
  private static final class Part {

    private final Promise<Buffer> read;
    private final Buffer bytes = Buffer.buffer();
    private boolean found;

    Part(Promise<Buffer> read) {
      this.read = read;
    }

    void take(HttpServerFileUpload upload) {
      if (found || !PART.equals(upload.name())) {
        read.tryFail(invalid("The form has another file.").asException());
      }
      found = true;
      upload.exceptionHandler(broken -> read.tryFail(unreadable().asException()));
      upload.handler(this::take);
    }

    private void take(Buffer more) {
      if (read.future().isComplete()) {
        return;
      }
      if (bytes.length() + more.length() > MOST_BYTES) {
        read.tryFail(tooLarge().asException());
      } else {
        bytes.appendBuffer(more);
      }
    }

    void end() {
      if (found) {
        read.tryComplete(bytes);
      } else {
        read.tryFail(invalid("The file is missing.").asException());
      }
    }
  }
}
