package porteria.notification;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import porteria.domain.FailureClass;

/**
 * What the answers of the WhatsApp Cloud API mean. Judged by {@code error.code}; the HTTP status
 * speaks only where there is no code.
 */
final class WhatsAppAnswers {

  /** How much of its allowance an account has used, and when it may go on, in minutes. */
  private static final String USAGE = "x-business-use-case-usage";

  private static final String MINUTES_LEFT = "estimated_time_to_regain_access";

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

  private WhatsAppAnswers() {}

  static SendOutcome read(int status, MultiMap headers, Buffer answer) {
    JsonObject body = json(answer);
    if (status >= 200 && status < 300) {
      return accepted(body);
    }
    JsonObject error = object(body, "error");
    if (error.getValue("code") instanceof Number code && status < 500) {
      return refused(code.intValue(), error, headers);
    }
    // A server's own failure, or a word of something in between: the provider took nothing.
    return new SendOutcome.Failed(
        FailureClass.TRANSIENT, "HTTP " + status, "", retryAfter(headers));
  }

  private static SendOutcome accepted(JsonObject body) {
    if (body.getValue("messages") instanceof JsonArray messages
        && !messages.isEmpty()
        && messages.getValue(0) instanceof JsonObject first
        && first.getValue("id") instanceof String id) {
      return new SendOutcome.Sent(id);
    }
    return new SendOutcome.Unknown("accepted without a message id");
  }

  private static SendOutcome refused(int code, JsonObject error, MultiMap headers) {
    return new SendOutcome.Failed(
        WhatsAppCodes.failureClass(code),
        Integer.toString(code),
        String.valueOf(error.getValue("message")),
        retryAfter(headers));
  }

  private static Optional<Duration> retryAfter(MultiMap headers) {
    return Optional.ofNullable(headers.get(HttpHeaders.RETRY_AFTER))
        .filter(given -> SECONDS.matcher(given).matches())
        .map(given -> Duration.ofSeconds(Long.parseLong(given)))
        .or(() -> regainedAfter(headers.get(USAGE)));
  }

  /** The header holds a list of uses for each business; the longest wait counts. */
  private static Optional<Duration> regainedAfter(@Nullable String usage) {
    return json(usage == null ? null : Buffer.buffer(usage)).stream()
        .map(Map.Entry::getValue)
        .filter(JsonArray.class::isInstance)
        .flatMap(uses -> ((JsonArray) uses).stream())
        .filter(JsonObject.class::isInstance)
        .map(use -> ((JsonObject) use).getValue(MINUTES_LEFT))
        .filter(Number.class::isInstance)
        .map(minutes -> Duration.ofMinutes(((Number) minutes).longValue()))
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  private static JsonObject json(@Nullable Buffer body) {
    try {
      return body == null ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException | ClassCastException notAnObject) {
      return new JsonObject();
    }
  }

  private static JsonObject object(JsonObject parent, String name) {
    return parent.getValue(name) instanceof JsonObject child ? child : new JsonObject();
  }
}
