package porteria.http.page;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import porteria.absence.AbsenceType;
import porteria.absence.AbsenceWish;
import porteria.http.page.FamilyVisits.Visit;

/**
 * A request to be absent as somebody filled it in.
 *
 * @param when {@code today}, {@code tomorrow} or {@code other}
 * @param from as the browser writes a day; used with {@code other} alone, as {@code to} is
 * @param again whether the form was refused for its token before
 */
record AbsenceForm(
    String when, Optional<AbsenceType> type, String from, String to, String note, boolean again) {

  static final AbsenceForm EMPTY = new AbsenceForm("today", Optional.empty(), "", "", "", false);

  /** Of the contract. */
  private static final int LONGEST_NOTE = 1_000;

  private static final int LONGEST_DAY = 10;

  static AbsenceForm of(RoutingContext context) {
    return new AbsenceForm(
        Asked.field(context, "when").orElse("today"),
        Asked.field(context, "type")
            .flatMap(
                name ->
                    Arrays.stream(AbsenceType.values())
                        .filter(each -> each.name().equals(name))
                        .findFirst()),
        Asked.field(context, "from").filter(AbsenceForm::isShort).orElse(""),
        Asked.field(context, "to").filter(AbsenceForm::isShort).orElse(""),
        Asked.field(context, "note").map(AbsenceForm::decent).orElse(""),
        context.failed());
  }

  private static boolean isShort(String day) {
    return day.length() <= LONGEST_DAY;
  }

  /** Lines stay lines; no other control characters. */
  private static String decent(String note) {
    return note.replaceAll("\\r\\n?", "\n").replaceAll("[\\p{Cntrl}&&[^\\n]]", " ").strip();
  }

  /** What the form asks for; empty when something is missing. */
  Optional<AbsenceWish> wish(Visit visit) {
    if (visit.child().isEmpty() || type.isEmpty() || note.length() > LONGEST_NOTE) {
      return Optional.empty();
    }
    LocalDate today = visit.phrases().today();
    Optional<LocalDate> first =
        switch (when) {
          case "today" -> Optional.of(today);
          case "tomorrow" -> Optional.of(today.plusDays(1));
          default -> day(from);
        };
    Optional<LocalDate> last = when.equals("other") ? day(to).or(() -> first) : first;
    return first.flatMap(
        begin ->
            last.map(
                end ->
                    new AbsenceWish(
                        visit.child().orElseThrow().id(),
                        type.orElseThrow(),
                        begin,
                        end,
                        Optional.of(note).filter(words -> !words.isEmpty()))));
  }

  /** Which words say what is missing. */
  String missing() {
    if (type.isEmpty()) {
      return "type";
    }
    return note.length() > LONGEST_NOTE ? "note" : "days";
  }

  /** What the template needs. */
  Map<String, Object> model() {
    Map<String, Object> model = new HashMap<>();
    model.put("when", when);
    model.put("type", type.map(Enum::name).orElse(""));
    model.put("from", from);
    model.put("to", to);
    model.put("note", note);
    model.put("again", again);
    return model;
  }

  private static Optional<LocalDate> day(String written) {
    try {
      return Optional.of(LocalDate.parse(written));
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }

  /** Its words stay out of logs. */
  @Override
  public String toString() {
    return "AbsenceForm[" + when + "]";
  }
}
