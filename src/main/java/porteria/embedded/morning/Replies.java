package porteria.embedded.morning;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;

/** Reads the server's answers. One that breaks the contract is {@link Answer.Invalid}. */
final class Replies {
  private static final int LONGEST_DETAIL = 200;

  private Replies() {}

  /** The answer to one scan. */
  static Reply single(HttpResponse<Buffer> response) {
    return unjudged(response)
        .orElseGet(
            () ->
                new Reply.Judged(
                    List.of(
                        understood(response, () -> new Reply.Verdict.Final(answer(response))))));
  }

  /** The answer to a batch of these scans. */
  static Reply batch(List<Scan> scans, HttpResponse<Buffer> response) {
    return unjudged(response).orElseGet(() -> new Reply.Judged(verdicts(scans, response)));
  }

  /** What an answer means whose status says that no scan was judged. */
  private static Optional<Reply> unjudged(HttpResponse<Buffer> response) {
    int status = response.statusCode();
    if (RetryRules.isUnwelcome(status)) {
      return Optional.of(new Reply.Unwelcome(status));
    }
    return RetryRules.isTemporary(status) ? Optional.of(later(response)) : Optional.empty();
  }

  private static List<Reply.Verdict> verdicts(List<Scan> scans, HttpResponse<Buffer> response) {
    JsonArray items = response.statusCode() == 200 ? items(response) : new JsonArray();
    if (items.size() != scans.size()) {
      String detail =
          "%d verdicts on %d scans: %s".formatted(items.size(), scans.size(), start(response));
      return scans.stream().map(scan -> invalid(detail)).toList();
    }
    return IntStream.range(0, scans.size())
        .mapToObj(i -> understood(response, () -> verdict(scans.get(i), items.getJsonObject(i))))
        .toList();
  }

  private static JsonArray items(HttpResponse<Buffer> response) {
    try {
      return required(object(response).getJsonArray("verdicts"), "verdicts");
    } catch (DecodeException | ClassCastException misread) {
      return new JsonArray();
    }
  }

  private static Answer answer(HttpResponse<Buffer> response) {
    return switch (response.statusCode()) {
      case 202 -> accepted(object(response));
      case 409 -> new Answer.Conflict();
      case 422 -> rejected(object(response));
      default -> new Answer.Invalid(start(response));
    };
  }

  private static Answer accepted(JsonObject body) {
    return new Answer.Accepted(
        required(body.getString("event_id"), "event_id"),
        Optional.of(required(body.getJsonObject("student"), "student"))
            .map(student -> required(student.getString("id"), "student.id")),
        Optional.of(Instant.parse(required(body.getString("occurred_at"), "occurred_at"))),
        required(body.getBoolean("duplicate"), "duplicate"),
        flags(body));
  }

  private static Answer rejected(JsonObject body) {
    return new Answer.Rejected(
        RejectionReason.valueOf(required(body.getString("reason"), "reason")),
        required(body.getBoolean("duplicate"), "duplicate"));
  }

  private static Reply.Verdict verdict(Scan scan, JsonObject item) {
    String status = required(item.getString("status"), "status");
    Long seq = item.getLong("local_seq");
    // Null says that the number itself could not be read.
    boolean unread = seq == null && status.equals("INVALID");
    if (!unread && required(seq, "local_seq") != scan.localSeq()) {
      return invalid("its verdict is about another scan");
    }
    if (required(item.getBoolean("retry"), "retry")) {
      return new Reply.Verdict.Retry();
    }
    Answer answer =
        switch (status) {
          case "ACCEPTED" -> recorded(item, false);
          case "DUPLICATE" ->
              item.getString("reason") == null ? recorded(item, true) : refused(item, true);
          case "REJECTED" -> refused(item, false);
          case "CONFLICT" -> new Answer.Conflict();
          default -> new Answer.Invalid(status + " " + item.getString("detail", ""));
        };
    return new Reply.Verdict.Final(answer);
  }

  private static Answer recorded(JsonObject item, boolean duplicate) {
    return new Answer.Accepted(
        required(item.getString("event_id"), "event_id"),
        Optional.empty(),
        Optional.empty(),
        duplicate,
        flags(item));
  }

  private static Answer refused(JsonObject item, boolean duplicate) {
    return new Answer.Rejected(
        RejectionReason.valueOf(required(item.getString("reason"), "reason")), duplicate);
  }

  private static Set<ScanFlag> flags(JsonObject body) {
    return Optional.ofNullable(body.getJsonArray("flags"))
        .map(JsonArray::stream)
        .orElseGet(Stream::empty)
        .map(flag -> ScanFlag.valueOf(String.valueOf(flag)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Reply later(HttpResponse<Buffer> response) {
    String header = response.getHeader("Retry-After");
    boolean seconds = header != null && header.matches("\\d{1,5}");
    return new Reply.Later(
        seconds ? Optional.of(Duration.ofSeconds(Long.parseLong(header))) : Optional.empty());
  }

  private static Reply.Verdict understood(
      HttpResponse<Buffer> response, Supplier<Reply.Verdict> reading) {
    try {
      return reading.get();
    } catch (DecodeException
        | ClassCastException
        | IllegalArgumentException
        | DateTimeException misread) {
      return invalid("HTTP " + response.statusCode() + " not understood: " + misread.getMessage());
    }
  }

  private static Reply.Verdict invalid(String detail) {
    return new Reply.Verdict.Final(new Answer.Invalid(detail));
  }

  private static String start(HttpResponse<Buffer> response) {
    String body = String.valueOf(response.bodyAsString());
    return "HTTP "
        + response.statusCode()
        + " "
        + body.substring(0, Math.min(body.length(), LONGEST_DETAIL));
  }

  private static JsonObject object(HttpResponse<Buffer> response) {
    return required(response.bodyAsJsonObject(), "a body");
  }

  private static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new DecodeException(what + " is missing");
    }
    return value;
  }
}
