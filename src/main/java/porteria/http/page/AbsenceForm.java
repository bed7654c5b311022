package porteria.http.page;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.absence.AbsenceType;
import porteria.absence.AbsenceWish;
import porteria.http.page.FamilyVisits.Visit;

/**
 * A request to be absent as somebody filled it in.
 *
 * @param child whom the form was about when it was opened
 * @param when the day that was chosen, as it was shown, or {@code other}
 * @param from as the browser writes a day; used with {@code other} alone, as {@code to} is
 * @param again whether the form was refused for its token before
 */
record AbsenceForm(
    Optional<UUID> child,
    String when,
    Optional<AbsenceType> type,
    String from,
    String to,
    String note,
    boolean again) {

  private static final String OTHER = "other";

  /** Of the contract. */
  private static final int LONGEST_NOTE = 1_000;

  private static final int LONGEST_DAY = 10;

  /** Not filled in yet: for today. */
  static AbsenceForm empty(Visit visit) {
    return new AbsenceForm(
        Optional.empty(), visit.phrases().today().toString(), Optional.empty(), "", "", "", false);
  }

  static AbsenceForm of(RoutingContext context) {
    return new AbsenceForm(
        Asked.field(context, "child").map(Asked::uuid),
        Asked.field(context, "when").filter(AbsenceForm::isShort).orElse(OTHER),
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

  /**
   * What the form asks for; empty when something is missing. What was offered as today when the
   * form was opened may be yesterday when it is sent.
   */
  Optional<AbsenceWish> wish(Visit visit) {
    if (child.isEmpty() || type.isEmpty() || note.length() > LONGEST_NOTE) {
      return Optional.empty();
    }
    boolean other = when.equals(OTHER);
    LocalDate today = visit.phrases().today();
    Optional<LocalDate> first =
        other ? day(from) : day(when).filter(shown -> !shown.isBefore(today));
    Optional<LocalDate> last = other ? day(to).or(() -> first) : first;
    return first.flatMap(
        begin ->
            last.map(
                end ->
                    new AbsenceWish(
                        child.orElseThrow(),
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

  /** What the template needs: a day that it does not offer by name stands among the others. */
  Map<String, Object> model(Visit visit) {
    LocalDate today = visit.phrases().today();
    boolean named = List.of(today.toString(), today.plusDays(1).toString(), OTHER).contains(when);
    Map<String, Object> model = new HashMap<>();
    model.put("when", named ? when : OTHER);
    model.put("type", type.map(Enum::name).orElse(""));
    model.put("from", named ? from : when);
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
