package porteria.embedded.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** How a message is written, for readers of the inbox and for the journal. */
final class MessageJson {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private MessageJson() {}

  /**
   * The message as {@code GET /messages} lists it.
   *
   * @param duplicates how often its notification was accepted beyond the first time
   */
  static JsonObject shown(Message message, int duplicates) {
    return stored(message).put("text", message.text()).put("duplicates", duplicates);
  }

  /** The message as the journal keeps it: all that cannot be worked out again. */
  static JsonObject stored(Message message) {
    JsonObject json =
        new JsonObject()
            .put("id", message.id())
            .put("channel", message.channel().name())
            .put("to", message.to())
            .put("notification", message.notification().isEmpty() ? null : message.notification())
            .put("received_at", time(message.receivedAt()));
    return switch (message) {
      case WhatsAppMessage whatsApp ->
          json.put("template", whatsApp.template().name())
              .put("language", whatsApp.template().language())
              .put("params", new JsonArray(whatsApp.params()));
      case MailMessage mail ->
          json.put("subject", mail.subject())
              .put("html", mail.html().isEmpty() ? null : mail.html())
              .put("text", mail.plain().isEmpty() ? null : mail.plain())
              .put("headers", headers(mail.headers()));
    };
  }

  /** The message of a journal line; empty when the line is not one. */
  static Optional<Message> restore(Node line, TemplateCatalogue templates) {
    Optional<Long> receivedAt = line.get("received_at").text().flatMap(MessageJson::millis);
    String id = line.get("id").words();
    String to = line.get("to").words();
    if (receivedAt.isEmpty() || id.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    String notification = line.get("notification").words();
    return switch (line.get("channel").words()) {
      case "WHATSAPP" ->
          Optional.of(
              new WhatsAppMessage(
                  id,
                  to,
                  notification,
                  receivedAt.get(),
                  template(line, templates),
                  line.get("params").items().stream().map(Node::words).toList()));
      case "EMAIL" ->
          Optional.of(
              new MailMessage(
                  id,
                  to,
                  notification,
                  receivedAt.get(),
                  line.get("subject").words(),
                  line.get("html").words(),
                  line.get("text").words(),
                  headers(line.get("headers"))));
      default -> Optional.empty();
    };
  }

  /** RFC 3339 in UTC, always with three decimals. */
  static String time(long epochMillis) {
    return MILLIS.format(Instant.ofEpochMilli(epochMillis));
  }

  /** The milliseconds of an RFC 3339 time; empty when it is not one. */
  static Optional<Long> millis(String time) {
    try {
      return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(time, Instant::from))
          .map(Instant::toEpochMilli);
    } catch (DateTimeException | ArithmeticException notATime) {
      return Optional.empty();
    }
  }

  private static KnownTemplate template(Node line, TemplateCatalogue templates) {
    String name = line.get("template").words();
    String language = line.get("language").words();
    return templates.find(name, language).orElseGet(() -> KnownTemplate.forgotten(name, language));
  }

  private static JsonArray headers(List<MailHeader> headers) {
    JsonArray list = new JsonArray();
    headers.forEach(
        header ->
            list.add(new JsonObject().put("name", header.name()).put("value", header.value())));
    return list;
  }

  private static List<MailHeader> headers(Node list) {
    return list.items().stream()
        .map(item -> new MailHeader(item.get("name").words(), item.get("value").words()))
        .toList();
  }
}
