package porteria.http.page;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import porteria.domain.HoursChange;
import porteria.domain.TemplateWord;

/**
 * Other hours on one day, as somebody wrote them into a form.
 *
 * @param closed whether there is no school that day; then times are left aside
 */
record WrittenHours(String date, boolean closed, String inTime, String outTime, String reason) {

  /** The fields of a form. */
  static WrittenHours of(RoutingContext context) {
    boolean closed = Asked.field(context, "closed").isPresent();
    return new WrittenHours(
        field(context, "date"),
        closed,
        closed ? "" : field(context, "in_time"),
        closed ? "" : field(context, "out_time"),
        field(context, "reason"));
  }

  /** Nothing but a day. */
  static WrittenHours on(LocalDate day) {
    return new WrittenHours(day.toString(), false, "", "", "");
  }

  private static String field(RoutingContext context, String name) {
    return Asked.field(context, name).map(String::strip).orElse("");
  }

  /** Marks what is to be mended, by field; the first mistake of a field is told. */
  void mark(Map<String, String> mistakes, LocalDate today) {
    Optional<LocalTime> in = time(inTime);
    Optional<LocalTime> out = time(outTime);
    if (day().isEmpty()) {
      mistakes.put("date", "missing");
    } else if (day().get().isBefore(today)) {
      mistakes.put("date", "past");
    }
    if (!closed && in.isEmpty() && out.isEmpty()) {
      mistakes.put("times", "times-missing");
    } else if (in.flatMap(from -> out.filter(to -> !from.isBefore(to))).isPresent()) {
      mistakes.put("times", "times-order");
    }
    if (reason.isEmpty()) {
      mistakes.put("reason", "missing");
    } else if (reason.length() > TemplateWord.LONGEST) {
      mistakes.put("reason", "reason-long");
    } else if (TemplateWord.mistake(reason).isPresent()) {
      mistakes.put("reason", "one-line");
    }
  }

  Optional<LocalDate> day() {
    return day(date);
  }

  /** A day as browsers write it. */
  static Optional<LocalDate> day(String written) {
    try {
      return written.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(written));
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }

  /** What it says of the day. */
  HoursChange change() {
    return new HoursChange(time(inTime), time(outTime), closed);
  }

  /** A time as browsers write it. */
  static Optional<LocalTime> time(String written) {
    try {
      return written.isEmpty() ? Optional.empty() : Optional.of(LocalTime.parse(written));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  /** For the form that it is shown in again. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("date", date);
    fields.put("closed", closed);
    fields.put("in", inTime);
    fields.put("out", outTime);
    fields.put("reason", reason);
    return fields;
  }

  /** What it says stays out of logs. */
  @Override
  public String toString() {
    return "WrittenHours of " + date;
  }
}
