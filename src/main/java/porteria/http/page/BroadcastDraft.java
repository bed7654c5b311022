package porteria.http.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import porteria.bus.ByStaff;
import porteria.bus.PreviewBroadcast;
import porteria.domain.BroadcastType;
import porteria.domain.Channel;
import porteria.domain.HoursChange;

/**
 * What somebody has written of a broadcast so far.
 *
 * @param course the id of the one it is about; the whole school when blank
 * @param mailAlone whether nobody is told by WhatsApp
 */
record BroadcastDraft(
    BroadcastType type,
    String course,
    boolean mailAlone,
    WrittenHours hours,
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
        WrittenHours.of(context),
        field(context, "subject"),
        field(context, "text").replace("\r\n", "\n"));
  }

  /** Nothing but a day. */
  static BroadcastDraft about(LocalDate day) {
    return new BroadcastDraft(
        BroadcastType.CAMBIO_HORARIO, "", false, WrittenHours.on(day), "", "");
  }

  private static String field(RoutingContext context, String name) {
    return Asked.field(context, name).map(String::strip).orElse("");
  }

  /** What is to be mended: the ends of keys of texts that say so, by field. */
  Map<String, String> mistakes(LocalDate today) {
    Map<String, String> mistakes = new LinkedHashMap<>();
    if (type == BroadcastType.CAMBIO_HORARIO) {
      hours.mark(mistakes, today);
      return mistakes;
    }
    if (subject.isEmpty()) {
      mistakes.put("subject", "missing");
    } else if (subject.length() > LONGEST_SUBJECT) {
      mistakes.put("subject", "subject-long");
    } else if (subject.chars().anyMatch(Character::isISOControl)) {
      mistakes.put("subject", "one-line");
    }
    if (text.isEmpty()) {
      mistakes.put("text", "missing");
    } else if (text.length() > LONGEST_TEXT) {
      mistakes.put("text", "text-long");
    }
    return mistakes;
  }

  /** What is to be previewed; without mistakes only. */
  PreviewBroadcast wanted(ByStaff by) {
    return new PreviewBroadcast(
        by,
        type,
        course.isEmpty() ? Optional.empty() : Optional.of(Asked.uuid(course)),
        Optional.empty(),
        mailAlone ? Set.of(Channel.EMAIL) : Set.of(),
        type == BroadcastType.AVISO ? notice() : change());
  }

  private PreviewBroadcast.Text notice() {
    return new PreviewBroadcast.Text(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.of(subject),
        Optional.of(text));
  }

  private PreviewBroadcast.Text change() {
    HoursChange change = hours.change();
    return new PreviewBroadcast.Text(
        hours.day(),
        change.inTime(),
        change.outTime(),
        change.closed(),
        Optional.of(hours.reason()),
        Optional.empty(),
        Optional.empty());
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
    HoursChange change = hours.change();
    facts
        .put("day", hours.day().orElseGet(() -> today.plusDays(1)).toString())
        .put("closed", change.closed())
        .put("reason", hours.reason().isEmpty() ? someReason : hours.reason());
    change.inTime().ifPresent(time -> facts.put("in", time.toString()));
    change.outTime().ifPresent(time -> facts.put("out", time.toString()));
    if (!change.closed() && change.inTime().isEmpty() && change.outTime().isEmpty()) {
      facts.put("out", SOME_TIME);
    }
    return facts;
  }

  /** For the form that it is shown in again. */
  Map<String, Object> fields() {
    Map<String, Object> fields = hours.fields();
    fields.put("notice", type == BroadcastType.AVISO);
    fields.put("course", course);
    fields.put("mailAlone", mailAlone);
    fields.put("subject", subject);
    fields.put("text", text);
    return fields;
  }

  /** What it says stays out of logs. */
  @Override
  public String toString() {
    return "BroadcastDraft";
  }
}
