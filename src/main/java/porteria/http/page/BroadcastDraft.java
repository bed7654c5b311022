package porteria.http.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import porteria.bus.ByStaff;
import porteria.bus.PreviewBroadcast;
import porteria.domain.BroadcastType;
import porteria.domain.Channel;
import porteria.domain.TemplateWord;

/**
 * What somebody has written of a broadcast so far, as they wrote it.
 *
 * @param course the id of the one it is about; the whole school when blank
 * @param mailAlone whether nobody is told by WhatsApp
 * @param closed whether there is no school that day
 */
record BroadcastDraft(
    BroadcastType type,
    String course,
    boolean mailAlone,
    String date,
    boolean closed,
    String inTime,
    String outTime,
    String reason,
    String subject,
    String text) {

  private static final int LONGEST_SUBJECT = 120;
  private static final int LONGEST_TEXT = 4_000;
  private static final String SOME_TIME = "12:30";

  /** The fields of a form; those of the other type are left aside. */
  static BroadcastDraft of(RoutingContext context) {
    BroadcastType type =
        Asked.field(context, "type")
            .filter(BroadcastType.AVISO.name()::equals)
            .map(given -> BroadcastType.AVISO)
            .orElse(BroadcastType.CAMBIO_HORARIO);
    return new BroadcastDraft(
        type,
        field(context, "course"),
        field(context, "channels").equals(Channel.EMAIL.name()),
        field(context, "date"),
        !field(context, "closed").isEmpty(),
        field(context, "in_time"),
        field(context, "out_time"),
        field(context, "reason"),
        field(context, "subject"),
        field(context, "text").replace("\r\n", "\n"));
  }

  /** Nothing but a day. */
  static BroadcastDraft about(LocalDate day) {
    return new BroadcastDraft(
        BroadcastType.CAMBIO_HORARIO, "", false, day.toString(), false, "", "", "", "", "");
  }

  private static String field(RoutingContext context, String name) {
    return Asked.field(context, name).map(String::strip).orElse("");
  }

  /** What is to be mended: the keys of texts that say so, by field. */
  Map<String, String> mistakes(LocalDate today) {
    Map<String, String> mistakes = new LinkedHashMap<>();
    if (type == BroadcastType.AVISO) {
      mark(mistakes, "subject", subject.isEmpty(), "missing");
      mark(mistakes, "subject", subject.length() > LONGEST_SUBJECT, "subject-long");
      mark(mistakes, "subject", subject.chars().anyMatch(Character::isISOControl), "one-line");
      mark(mistakes, "text", text.isEmpty(), "missing");
      mark(mistakes, "text", text.length() > LONGEST_TEXT, "text-long");
      return mistakes;
    }
    mark(mistakes, "date", day().isEmpty(), "missing");
    mark(mistakes, "date", day().filter(today::isAfter).isPresent(), "past");
    Optional<LocalTime> in = time(inTime);
    Optional<LocalTime> out = time(outTime);
    mark(mistakes, "times", !closed && in.isEmpty() && out.isEmpty(), "times-missing");
    mark(mistakes, "times", closed && (in.isPresent() || out.isPresent()), "times-closed");
    mark(
        mistakes,
        "times",
        in.filter(from -> out.filter(to -> !from.isBefore(to)).isPresent()).isPresent(),
        "times-order");
    mark(mistakes, "reason", reason.isEmpty(), "missing");
    mark(mistakes, "reason", reason.length() > TemplateWord.LONGEST, "reason-long");
    mark(mistakes, "reason", TemplateWord.mistake(reason).isPresent(), "one-line");
    return mistakes;
  }

  /** The first mistake of a field is told. */
  private static void mark(
      Map<String, String> mistakes, String field, boolean wrong, String mistake) {
    if (wrong) {
      mistakes.putIfAbsent(field, mistake);
    }
  }

  /** What is to be previewed; without mistakes only. */
  PreviewBroadcast wanted(ByStaff by) {
    boolean hours = type == BroadcastType.CAMBIO_HORARIO;
    return new PreviewBroadcast(
        by,
        type,
        courseId(),
        Optional.empty(),
        mailAlone ? Set.of(Channel.EMAIL) : Set.of(),
        new PreviewBroadcast.Text(
            hours ? day() : Optional.empty(),
            hours ? time(inTime) : Optional.empty(),
            hours ? time(outTime) : Optional.empty(),
            hours && closed,
            hours ? Optional.of(reason) : Optional.empty(),
            hours ? Optional.empty() : Optional.of(subject),
            hours ? Optional.empty() : Optional.of(text)));
  }

  Optional<UUID> courseId() {
    return course.isEmpty() ? Optional.empty() : Optional.of(Asked.uuid(course));
  }

  /**
   * What it tells so far, to be shown while it is written; samples stand for what is missing.
   *
   * @param someReason stands for a reason
   */
  JsonObject facts(LocalDate today, String school, String child, String someReason) {
    JsonObject facts = new JsonObject().put("school", school).put("children", JsonArray.of(child));
    if (type == BroadcastType.AVISO) {
      return facts
          .put("subject", subject.isEmpty() ? "…" : subject)
          .put("text", text.isEmpty() ? "…" : text);
    }
    facts
        .put("day", day().orElseGet(() -> today.plusDays(1)).toString())
        .put("closed", closed)
        .put("reason", reason.isEmpty() ? someReason : reason);
    if (!closed) {
      time(inTime).ifPresent(time -> facts.put("in", time.toString()));
      time(outTime).ifPresent(time -> facts.put("out", time.toString()));
      if (!facts.containsKey("in") && !facts.containsKey("out")) {
        facts.put("out", SOME_TIME);
      }
    }
    return facts;
  }

  Optional<LocalDate> day() {
    try {
      return date.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(date));
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }

  private static Optional<LocalTime> time(String written) {
    try {
      return written.isEmpty() ? Optional.empty() : Optional.of(LocalTime.parse(written));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  /** What it says stays out of logs. */
  @Override
  public String toString() {
    return "BroadcastDraft";
  }
}
