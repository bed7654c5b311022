package porteria.http.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.MimeMapping;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * One file that pages load, pressed once and not at each request.
 *
 * @param type its media type
 * @param plain for those who do not take it pressed
 * @param pressed by gzip; absent where that gains nothing
 */
record Asset(String type, Buffer plain, Optional<Buffer> pressed) {

  /** What fits one packet is not there any sooner for being smaller. */
  private static final int PRESSED_FROM_BYTES = 1_024;

  private static final String GZIP = "gzip";

  /** Reads it from the class path, where it may be missing. To be called where it may wait. */
  static Optional<Asset> read(String resource) {
    try (InputStream stream = Asset.class.getResourceAsStream("/" + resource)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(of(type(resource), Buffer.buffer(stream.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  /** Presses content of this type. To be called where it may wait. */
  static Asset of(String type, Buffer content) {
    return new Asset(
        type,
        content,
        content.length() < PRESSED_FROM_BYTES ? Optional.empty() : Optional.of(press(content)));
  }

  private static String type(String resource) {
    return Objects.requireNonNullElse(
        MimeMapping.mimeTypeForFilename(resource), "application/octet-stream");
  }

  private static Buffer press(Buffer content) {
    ByteArrayOutputStream pressed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(pressed)) {
      stream.write(content.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(pressed.toByteArray());
  }

  /** Answers with it, to be kept as this says. */
  void answer(RoutingContext context, CharSequence caching) {
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, type)
            .putHeader(HttpHeaders.CACHE_CONTROL, caching)
            .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (pressed.isPresent() && takesPressed(context)) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP).end(pressed.get());
    } else {
      response.end(plain);
    }
  }

  private static boolean takesPressed(RoutingContext context) {
    return context.parsedHeaders().acceptEncoding().stream()
        .anyMatch(each -> each.value().equals(GZIP) && each.weight() > 0);
  }
}
