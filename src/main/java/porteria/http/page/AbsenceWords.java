package porteria.http.page;

import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import porteria.absence.AbsenceRequest;
import porteria.absence.AbsenceStatus;
import porteria.absence.AbsenceWish;

/** Says in plain words who asked for which days, and what was answered. */
final class AbsenceWords {

  private final Map<String, String> texts;
  private final SchoolTime time;

  AbsenceWords(Map<String, String> texts, SchoolTime time) {
    this.texts = texts;
    this.time = time;
  }

  /** What the page says of each request. */
  List<Map<String, Object>> items(List<AbsenceRequest> requests) {
    return requests.stream().map(this::item).toList();
  }

  private Map<String, Object> item(AbsenceRequest request) {
    AbsenceWish wish = request.wish();
    Map<String, Object> model = new HashMap<>();
    model.put("id", request.id().toString());
    model.put("student", request.student().name());
    model.put("studentId", request.student().id().toString());
    model.put("course", request.course().name());
    model.put("guardian", request.guardian().map(AbsenceRequest.Named::name).orElse(""));
    model.put(
        "revocable", request.guardian().isEmpty() && request.status() == AbsenceStatus.APPROVED);
    model.put("asked", time.when(request.submittedAt()));
    model.put("days", days(wish));
    model.put("length", length(wish));
    model.put("type", text("absences.type." + wish.type()));
    model.put("note", wish.note().orElse(""));
    model.put("attached", request.attached());
    model.put("status", request.status().name());
    model.put("standing", text("absences.status." + request.status()));
    model.put("pending", request.status() == AbsenceStatus.PENDING);
    model.put("approval", message(request, "absences.message.approved"));
    model.put("rejection", message(request, "absences.message.rejected"));
    request
        .resolution()
        .ifPresent(
            end -> {
              model.put("resolved", time.when(end.at()));
              model.put("by", end.by().orElse(""));
              model.put("reason", end.reason().orElse(""));
            });
    return model;
  }

  /** What the guardian will read, save for the reason. */
  private String message(AbsenceRequest request, String key) {
    String from = time.date(request.wish().from());
    String to = time.date(request.wish().to());
    return text(key)
        .replace("{student}", request.student().name())
        .replace("{days}", from.equals(to) ? from : from + " – " + to);
  }

  private String days(AbsenceWish wish) {
    return wish.from().equals(wish.to())
        ? time.day(wish.from())
        : time.day(wish.from()) + " – " + time.day(wish.to());
  }

  private String length(AbsenceWish wish) {
    long days = ChronoUnit.DAYS.between(wish.from(), wish.to()) + 1;
    return text(days == 1 ? "absences.days.one" : "absences.days.other")
        .replace("{count}", Long.toString(days));
  }

  private String text(String key) {
    return Objects.requireNonNull(texts.get(key), key);
  }
}
