package porteria.webhook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import porteria.bus.DeliveryReport;
import porteria.bus.DeliveryReport.Status;
import porteria.bus.FamilyWish;
import porteria.domain.Channel;

/** What one call of WhatsApp tells that concerns us. */
record WhatsAppEvents(List<DeliveryReport> reports, List<FamilyWish> wishes) {

  private static final int LONGEST_ID = 200;
  private static final int LONGEST_CODE = 20;
  private static final int LONGEST_WORDS = 300;
  private static final int MOST_ERRORS = 5;

  /** Reads {@code entry[].changes[].value}. */
  static WhatsAppEvents read(JsonObject body, Instant now) {
    List<DeliveryReport> reports = new ArrayList<>();
    List<FamilyWish> wishes = new ArrayList<>();
    for (JsonObject entry : Json.objects(body, "entry")) {
      for (JsonObject change : Json.objects(entry, "changes")) {
        JsonObject value = Json.object(change, "value");
        Json.objects(value, "statuses").forEach(each -> report(each, now).ifPresent(reports::add));
        Json.objects(value, "messages").forEach(each -> wish(each, now).ifPresent(wishes::add));
      }
    }
    return new WhatsAppEvents(List.copyOf(reports), List.copyOf(wishes));
  }

  private static Optional<DeliveryReport> report(JsonObject json, Instant now) {
    return Json.text(json, "id", LONGEST_ID)
        .flatMap(
            id ->
                status(json)
                    .map(
                        status ->
                            new DeliveryReport(
                                Channel.WHATSAPP,
                                id,
                                status,
                                Json.id(Json.text(json, "biz_opaque_callback_data", LONGEST_ID)),
                                code(json),
                                status == Status.FAILED,
                                errors(json),
                                time(json, now))));
  }

  private static Optional<Status> status(JsonObject json) {
    return switch (Json.text(json, "status", LONGEST_CODE).orElse("")) {
      case "sent" -> Optional.of(Status.SENT);
      case "delivered" -> Optional.of(Status.DELIVERED);
      case "read" -> Optional.of(Status.READ);
      case "failed" -> Optional.of(Status.FAILED);
      default -> Optional.empty();
    };
  }

  private static Optional<String> code(JsonObject json) {
    return Json.objects(json, "errors").stream()
        .flatMap(error -> Json.text(error, "code", LONGEST_CODE).stream())
        .findFirst();
  }

  /** Codes and the provider's own words; whatever else they may come to hold is left out. */
  private static JsonArray errors(JsonObject json) {
    JsonArray errors = new JsonArray();
    for (JsonObject error : Json.objects(json, "errors").stream().limit(MOST_ERRORS).toList()) {
      JsonObject kept = new JsonObject();
      Json.text(error, "code", LONGEST_CODE).ifPresent(code -> kept.put("code", code));
      Json.text(error, "title", LONGEST_WORDS).ifPresent(title -> kept.put("title", title));
      Json.text(Json.object(error, "error_data"), "details", LONGEST_WORDS)
          .ifPresent(details -> kept.put("details", details));
      errors.add(kept);
    }
    return errors;
  }

  /** A text, or the button of a template; from 2026 on it may come without a phone. */
  private static Optional<FamilyWish> wish(JsonObject json, Instant now) {
    Optional<String> id = Json.text(json, "id", LONGEST_ID);
    Optional<String> phone =
        Json.text(json, "from", LONGEST_CODE).filter(from -> from.matches("[1-9][0-9]{6,14}"));
    JsonObject button = Json.object(json, "button");
    Optional<FamilyWish.Kind> kind =
        Stream.of(
                Json.text(Json.object(json, "text"), "body", LONGEST_WORDS),
                Json.text(button, "payload", LONGEST_WORDS),
                Json.text(button, "text", LONGEST_WORDS))
            .flatMap(Optional::stream)
            .flatMap(text -> WishWords.read(text).stream())
            .findFirst();
    return id.flatMap(
        known ->
            phone.flatMap(
                from -> kind.map(wished -> new FamilyWish(known, from, wished, time(json, now)))));
  }

  /** Seconds since the epoch. What is no time, or still to come, is taken for now. */
  private static Instant time(JsonObject json, Instant now) {
    return Json.text(json, "timestamp", LONGEST_CODE)
        .filter(text -> text.matches("[0-9]{9,11}"))
        .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
        .filter(said -> said.isBefore(now))
        .orElse(now);
  }
}
