package porteria.http.page;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import porteria.bus.NotificationPage;
import porteria.bus.NotificationView;
import porteria.bus.SendingView;
import porteria.domain.NotificationStatus;

/** Says in plain words what became of messages, and what happens next. */
final class NotificationWords {

  private final InstantSource clock;

  NotificationWords(InstantSource clock) {
    this.clock = clock;
  }

  /** What the page says of each message. */
  List<Map<String, Object>> items(NotificationPage page, Map<String, String> texts, ZoneId zone) {
    return page.items().stream().map(item -> item(item, texts, zone)).toList();
  }

  private Map<String, Object> item(NotificationView item, Map<String, String> texts, ZoneId zone) {
    Map<String, Object> model = new HashMap<>();
    model.put("id", item.id().toString());
    model.put("when", when(item.createdAt(), texts, zone));
    model.put("at", item.createdAt().toString());
    model.put("who", item.student().map(NotificationView.Person::name).orElse(""));
    model.put("guardian", item.guardian().name());
    model.put("channel", text(texts, "notifications.channel." + item.channel()));
    model.put("address", item.address());
    model.put("what", text(texts, "live.template." + item.template()));
    model.put("status", item.status().name());
    model.put("standing", text(texts, "notifications.status." + item.status()));
    model.put("resent", item.resent());
    if (item.status() == NotificationStatus.FAILED) {
      model.put("why", why(item, texts));
      model.put("code", item.error().orElse(""));
      item.obstacle()
          .ifPresentOrElse(
              obstacle -> model.put("next", text(texts, "notifications.obstacle." + obstacle)),
              () -> model.put("retryable", true));
    }
    item.deliveredAt().or(item::sentAt).ifPresent(at -> model.put("told", when(at, texts, zone)));
    return model;
  }

  private static String why(NotificationView item, Map<String, String> texts) {
    return text(
        texts,
        item.failureClass()
            .map(known -> "notifications.failure." + known)
            .orElse("notifications.failure.other"));
  }

  /** What the page says of each pause. */
  List<Map<String, Object>> pauses(SendingView sending, Map<String, String> texts, ZoneId zone) {
    List<Map<String, Object>> pauses = new ArrayList<>();
    for (SendingView.ChannelState channel : sending.channels()) {
      for (SendingView.Pause pause : channel.pauses()) {
        pauses.add(
            Map.of(
                "channel", channel.channel().name(),
                "scope", pause.scope().name(),
                "subject", pause.subject(),
                "text", text(texts, channel, pause, zone),
                "parked", channel.parked()));
      }
    }
    return pauses;
  }

  private String text(
      Map<String, String> texts,
      SendingView.ChannelState channel,
      SendingView.Pause pause,
      ZoneId zone) {
    return text(texts, "live.sending.paused." + pause.scope())
        .replace("{channel}", text(texts, "notifications.channel." + channel.channel()))
        .replace("{template}", template(texts, pause.subject()))
        .replace("{code}", pause.code())
        .replace("{time}", when(pause.since(), texts, zone));
  }

  private static String template(Map<String, String> texts, String subject) {
    String code = subject.split("/", 2)[0];
    return code.isEmpty() ? "" : text(texts, "live.template." + code);
  }

  /** Such as "07:52" of today, else "9 jun, 07:52". */
  private String when(Instant at, Map<String, String> texts, ZoneId zone) {
    Locale locale = Locale.forLanguageTag(text(texts, "lang"));
    boolean today =
        LocalDate.ofInstant(at, zone).equals(LocalDate.ofInstant(clock.instant(), zone));
    return DateTimeFormatter.ofPattern(today ? "HH:mm" : "d MMM, HH:mm", locale)
        .withZone(zone)
        .format(at);
  }

  /** A word that this page does not know yet is shown as it is. */
  private static String text(Map<String, String> texts, String key) {
    return Objects.requireNonNullElse(texts.get(key), key.substring(key.lastIndexOf('.') + 1));
  }
}
