package porteria.http.page;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porteria.bus.BroadcastPreview;
import porteria.bus.BroadcastView;
import porteria.bus.BroadcastView.Progress;
import porteria.bus.MessagePreviews;
import porteria.domain.BroadcastStatus;
import porteria.domain.BroadcastType;
import porteria.domain.Channel;
import porteria.domain.FailureClass;
import porteria.domain.NotificationStatus;

/** Says in plain words what a broadcast tells, to whom, and how far it has come. */
final class BroadcastWords {

  /** Of a bar that is full. */
  private static final int WHOLE = 1_000;

  private final InstantSource clock;

  BroadcastWords(InstantSource clock) {
    this.clock = clock;
  }

  Phrases phrases(StaffPages.Visit visit, Map<String, String> texts) {
    return new Phrases(texts, visit.school().zone(), clock.instant());
  }

  /** What the pages say of one, with its progress where it is known. */
  Map<String, Object> one(BroadcastView one, Phrases phrases) {
    String state = state(one);
    Map<String, Object> model = new HashMap<>();
    model.put("id", one.id().toString());
    model.put("what", what(one, phrases));
    model.put("to", one.course().orElseGet(() -> phrases.of("broadcasts.to.all")));
    model.put("state", state);
    model.put("standing", phrases.of("broadcasts.state." + state));
    model.put("recipients", one.recipients());
    model.put("families", phrases.counted("broadcasts.families", one.recipients()));
    model.put("when", phrases.when(one.startedAt().orElse(one.createdAt())));
    model.put("at", one.startedAt().orElse(one.createdAt()).toString());
    model.put("expires", phrases.when(one.expiresAt()));
    model.put("again", one.corrects().isEmpty());
    model.put("correction", one.corrects().isPresent());
    one.progress()
        .filter(so -> one.startedAt().isPresent())
        .ifPresent(so -> model.put("progress", progress(one, so, phrases)));
    return model;
  }

  /** Which of the words for where it stands applies. */
  String state(BroadcastView one) {
    return switch (one.status()) {
      case PREVIEW -> clock.instant().isBefore(one.expiresAt()) ? "preview" : "expired";
      case SENDING -> "sending";
      case SENT -> "sent";
      case CANCELLED -> one.startedAt().isPresent() ? "stopped" : "discarded";
    };
  }

  /** Such as "viernes 12 de junio: salida a las 12:30". */
  private static String what(BroadcastView one, Phrases phrases) {
    JsonObject facts = one.facts();
    if (one.type() == BroadcastType.AVISO) {
      return facts.getString("subject", "");
    }
    String day =
        Optional.ofNullable(facts.getString("day"))
            .map(LocalDate::parse)
            .map(phrases::day)
            .orElse("");
    String change =
        facts.getBoolean("taken_back", false)
            ? phrases.of("broadcasts.taken-back")
            : change(facts, phrases);
    return phrases.of("broadcasts.hours").replace("{day}", day).replace("{change}", change);
  }

  private static String change(JsonObject facts, Phrases phrases) {
    return ChangedHours.change(
        facts.getBoolean("closed", false),
        Optional.ofNullable(facts.getString("in")),
        Optional.ofNullable(facts.getString("out")),
        phrases);
  }

  private static Map<String, Object> progress(BroadcastView one, Progress so, Phrases phrases) {
    int told =
        sum(so, NotificationStatus.SENT, NotificationStatus.DELIVERED, NotificationStatus.READ);
    int failed = sum(so, NotificationStatus.FAILED);
    int unknown = sum(so, NotificationStatus.UNKNOWN);
    int withdrawn = sum(so, NotificationStatus.CANCELLED);
    int left = Math.max(0, one.recipients() - told - failed - unknown - withdrawn);
    Map<String, Object> model = new HashMap<>();
    model.put("told", phrases.number(told));
    model.put("read", phrases.number(sum(so, NotificationStatus.READ)));
    model.put("left", phrases.number(left));
    model.put("failed", phrases.number(failed));
    model.put("anyFailed", failed > 0);
    model.put("unknown", unknown);
    model.put("unknownText", phrases.counted("broadcasts.unknown", unknown));
    model.put("toldShare", share(told, one.recipients()));
    model.put("failedShare", share(failed, one.recipients()));
    model.put("sentence", sentence(one, told, left, phrases));
    model.put("failures", failures(so.failures(), phrases));
    if (so.instead() > 0) {
      model.put("instead", phrases.counted("broadcasts.instead", so.instead()));
    }
    if (one.status() == BroadcastStatus.SENDING) {
      model.put("pace", pace(so, phrases));
    }
    return model;
  }

  private static int sum(Progress so, NotificationStatus... statuses) {
    return Arrays.stream(statuses).mapToInt(each -> so.counts().getOrDefault(each.name(), 0)).sum();
  }

  private static int share(int part, int all) {
    return all == 0 ? 0 : (int) ((long) part * WHOLE / all);
  }

  /** Where it stands, in one sentence. */
  private static String sentence(BroadcastView one, int told, int left, Phrases phrases) {
    String key =
        switch (one.status()) {
          case SENDING, PREVIEW -> "broadcasts.result.sending";
          case SENT ->
              told == one.recipients() ? "broadcasts.result.all" : "broadcasts.result.some";
          case CANCELLED ->
              told == 0 ? "broadcasts.result.stopped.none" : "broadcasts.result.stopped";
        };
    return phrases
        .of(key)
        .replace("{told}", phrases.counted("broadcasts.families", told))
        .replace("{count}", phrases.number(told))
        .replace("{all}", phrases.counted("broadcasts.families", one.recipients()))
        .replace("{left}", phrases.number(left));
  }

  private static String pace(Progress so, Phrases phrases) {
    if (so.perSecond() <= 0) {
      return phrases.of("broadcasts.pace.none");
    }
    String rate = phrases.with("broadcasts.pace", "rate", phrases.decimal(so.perSecond()));
    return so.secondsLeft()
        .map(Duration::ofSeconds)
        .map(span -> rate + " · " + phrases.with("broadcasts.left", "time", phrases.lasting(span)))
        .orElse(rate);
  }

  private static List<Map<String, Object>> failures(
      Map<FailureClass, Integer> failures, Phrases phrases) {
    return failures.entrySet().stream()
        .sorted(Map.Entry.<FailureClass, Integer>comparingByValue().reversed())
        .map(
            each ->
                Map.<String, Object>of(
                    "count",
                    phrases.number(each.getValue()),
                    "why",
                    phrases.of("notifications.failure", each.getKey().name())))
        .toList();
  }

  /** What the page says of a preview before it is sent. */
  Map<String, Object> preview(BroadcastPreview preview, Phrases phrases) {
    Map<String, Object> model = new HashMap<>();
    List<Map<String, Object>> channels = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      int count = preview.byChannel().getOrDefault(channel, 0);
      if (count > 0) {
        channels.add(
            Map.of(
                "name",
                phrases.of("notifications.channel." + channel),
                "count",
                phrases.number(count)));
      }
    }
    model.put("total", phrases.number(preview.recipients()));
    model.put("channels", channels);
    model.put(
        "unreachable",
        preview.unreachable().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> unreachable(each.getKey().name(), each.getValue(), phrases))
            .toList());
    if (preview.students() > 0) {
      model.put("students", phrases.counted("broadcasts.students", preview.students()));
    }
    if (preview.studentsUntold() > 0) {
      model.put("untold", phrases.counted("broadcasts.untold", preview.studentsUntold()));
    }
    model.put("lasting", phrases.lasting(Duration.ofSeconds(preview.seconds())));
    quota(preview, phrases).ifPresent(words -> model.put("quota", words));
    model.put("scarce", !preview.quota().enough().orElse(true));
    model.put("samples", samples(preview.sample(), phrases));
    return model;
  }

  private static String unreachable(String reason, int count, Phrases phrases) {
    String key = "broadcasts.unreachable.";
    return phrases.counted(key + (phrases.counts(key + reason) ? reason : "UNKNOWN"), count);
  }

  private static Optional<String> quota(BroadcastPreview preview, Phrases phrases) {
    return preview.byChannel().getOrDefault(Channel.WHATSAPP, 0) == 0
        ? Optional.empty()
        : Optional.of(
            preview
                .quota()
                .remainingForBroadcasts()
                .map(left -> phrases.with("broadcasts.quota", "count", phrases.number(left)))
                .orElseGet(() -> phrases.of("broadcasts.quota.unknown")));
  }

  /** How it looks in each language. */
  List<Map<String, Object>> samples(List<MessagePreviews.Preview> samples, Phrases phrases) {
    String time = phrases.time(clock.instant());
    return samples.stream()
        .map(
            each ->
                Map.<String, Object>of(
                    "language", each.language(),
                    "name", phrases.of("previews.language", each.language()),
                    "whatsapp", each.whatsApp(),
                    "footer", each.footer().orElse(""),
                    "subject", each.subject(),
                    "text", each.text(),
                    "time", time))
        .toList();
  }
}
