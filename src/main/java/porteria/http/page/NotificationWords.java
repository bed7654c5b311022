package porteria.http.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import porteria.bus.NotificationPage;
import porteria.bus.NotificationView;
import porteria.bus.SendingView;
import porteria.domain.NotificationStatus;

/** Says in plain words what became of messages, and what happens next. */
final class NotificationWords {

  private final Map<String, String> texts;
  private final SchoolTime time;

  NotificationWords(Map<String, String> texts, SchoolTime time) {
    this.texts = texts;
    this.time = time;
  }

  /** What the page says of each message. */
  List<Map<String, Object>> items(NotificationPage page) {
    return page.items().stream().map(this::item).toList();
  }

  private Map<String, Object> item(NotificationView item) {
    Map<String, Object> model = new HashMap<>();
    model.put("id", item.id().toString());
    model.put("when", time.when(item.createdAt()));
    model.put("at", item.createdAt().toString());
    model.put("who", item.student().map(NotificationView.Person::name).orElse(""));
    model.put("guardian", item.guardian().name());
    model.put("channel", text("notifications.channel." + item.channel()));
    model.put("address", item.address());
    model.put("what", text("live.template." + item.template()));
    model.put("status", item.status().name());
    model.put("standing", text("notifications.status." + item.status()));
    model.put("resent", item.resent());
    if (item.status() == NotificationStatus.FAILED) {
      model.put("why", why(item));
      model.put("code", item.error().orElse(""));
      item.obstacle()
          .ifPresentOrElse(
              obstacle -> model.put("next", text("notifications.obstacle." + obstacle)),
              () -> model.put("retryable", true));
    }
    item.deliveredAt().or(item::sentAt).ifPresent(at -> model.put("told", time.when(at)));
    return model;
  }

  private String why(NotificationView item) {
    return text(
        item.failureClass()
            .map(known -> "notifications.failure." + known)
            .orElse("notifications.failure.other"));
  }

  /** What the page says of each pause. */
  List<Map<String, Object>> pauses(SendingView sending) {
    List<Map<String, Object>> pauses = new ArrayList<>();
    for (SendingView.ChannelState channel : sending.channels()) {
      for (SendingView.Pause pause : channel.pauses()) {
        pauses.add(
            Map.of(
                "channel", channel.channel().name(),
                "scope", pause.scope().name(),
                "subject", pause.subject(),
                "text", text(channel, pause),
                "parked", channel.parked()));
      }
    }
    return pauses;
  }

  private String text(SendingView.ChannelState channel, SendingView.Pause pause) {
    return text("live.sending.paused." + pause.scope())
        .replace("{channel}", text("notifications.channel." + channel.channel()))
        .replace("{template}", template(pause.subject()))
        .replace("{code}", pause.code())
        .replace("{time}", time.when(pause.since()));
  }

  private String template(String subject) {
    String code = subject.split("/", 2)[0];
    return code.isEmpty() ? "" : text("live.template." + code);
  }

  /** A word that this page does not know yet is shown as it is. */
  private String text(String key) {
    return Objects.requireNonNullElse(texts.get(key), key.substring(key.lastIndexOf('.') + 1));
  }
}
