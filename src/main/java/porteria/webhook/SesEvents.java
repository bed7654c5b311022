package porteria.webhook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.DeliveryReport;
import porteria.bus.DeliveryReport.Status;
import porteria.domain.Channel;

/**
 * What SES says of a mail, as an event ({@code eventType}, with the tags we gave the mail) or as
 * feedback ({@code notificationType}, without them).
 */
final class SesEvents {

  private static final int LONGEST = 200;

  private SesEvents() {}

  static List<DeliveryReport> read(JsonObject event, Instant now) {
    JsonObject mail = Json.object(event, "mail");
    Optional<String> id = Json.text(mail, "messageId", LONGEST);
    return id.flatMap(known -> report(event, mail, known, now)).map(List::of).orElse(List.of());
  }

  private static Optional<DeliveryReport> report(
      JsonObject event, JsonObject mail, String id, Instant now) {
    String type =
        Json.text(event, "eventType", LONGEST)
            .or(() -> Json.text(event, "notificationType", LONGEST))
            .orElse("");
    return switch (type) {
      case "Send" -> Optional.of(report(mail, id, Status.SENT, time(mail, now)));
      case "Delivery" ->
          Optional.of(
              report(mail, id, Status.DELIVERED, time(Json.object(event, "delivery"), now)));
      case "Bounce" -> Optional.of(bounce(Json.object(event, "bounce"), mail, id, now));
      case "Complaint" -> complaint(Json.object(event, "complaint"), mail, id, now);
      case "Reject" ->
          Optional.of(
              failure(
                  mail,
                  id,
                  "Reject",
                  Json.text(Json.object(event, "reject"), "reason", LONGEST),
                  now));
      case "Rendering Failure" ->
          Optional.of(
              failure(
                  mail,
                  id,
                  "RenderingFailure",
                  Json.text(Json.object(event, "failure"), "errorMessage", LONGEST),
                  now));
      default -> Optional.empty();
    };
  }

  private static DeliveryReport report(JsonObject mail, String id, Status status, Instant at) {
    return new DeliveryReport(
        Channel.EMAIL,
        id,
        status,
        notification(mail),
        Optional.empty(),
        false,
        new JsonArray(),
        at);
  }

  /** Only a permanent one says that the mailbox takes no mail; others pass. */
  private static DeliveryReport bounce(JsonObject bounce, JsonObject mail, String id, Instant now) {
    String type = Json.text(bounce, "bounceType", LONGEST).orElse("Undetermined");
    String subtype = Json.text(bounce, "bounceSubType", LONGEST).orElse("Undetermined");
    return new DeliveryReport(
        Channel.EMAIL,
        id,
        Status.BOUNCED,
        notification(mail),
        Optional.of(type + "/" + subtype),
        type.equals("Permanent"),
        new JsonArray(),
        time(bounce, now));
  }

  /** Some providers also tell that somebody took a mail out of the spam: no complaint. */
  private static Optional<DeliveryReport> complaint(
      JsonObject complaint, JsonObject mail, String id, Instant now) {
    Optional<String> type = Json.text(complaint, "complaintFeedbackType", LONGEST);
    return type.filter("not-spam"::equals).isPresent()
        ? Optional.empty()
        : Optional.of(report(mail, id, Status.COMPLAINED, time(complaint, now)));
  }

  private static DeliveryReport failure(
      JsonObject mail, String id, String code, Optional<String> why, Instant now) {
    JsonArray errors = new JsonArray();
    why.ifPresent(details -> errors.add(new JsonObject().put("details", details)));
    return new DeliveryReport(
        Channel.EMAIL,
        id,
        Status.FAILED,
        notification(mail),
        Optional.of(code),
        true,
        errors,
        time(mail, now));
  }

  private static Optional<UUID> notification(JsonObject mail) {
    return Json.object(mail, "tags").getValue("notification") instanceof JsonArray values
            && !values.isEmpty()
        ? Json.id(Json.text(values.getValue(0), LONGEST))
        : Optional.empty();
  }

  private static Instant time(JsonObject json, Instant now) {
    try {
      return Json.text(json, "timestamp", LONGEST)
          .map(text -> OffsetDateTime.parse(text).toInstant())
          .filter(said -> said.isBefore(now) && said.isAfter(Instant.EPOCH))
          .orElse(now);
    } catch (DateTimeException notATime) {
      return now;
    }
  }
}
