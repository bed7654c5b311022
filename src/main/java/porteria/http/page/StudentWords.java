package porteria.http.page;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.domain.Channel;
import porteria.domain.NotificationStatus;
import porteria.domain.ScanSource;
import porteria.roster.Course;
import porteria.roster.Enrollment;
import porteria.roster.Guardian;
import porteria.roster.KeptContact;
import porteria.roster.LastMessage;
import porteria.roster.Student;
import porteria.tag.Tag;

/** Says who a pupil is, who answers for them, and which cards they have. */
final class StudentWords {

  private final Map<String, String> texts;
  private final SchoolTime time;

  StudentWords(Map<String, String> texts, SchoolTime time) {
    this.texts = texts;
    this.time = time;
  }

  /** The courses to choose from. */
  static List<Map<String, Object>> courses(List<Course> courses) {
    return courses.stream()
        .map(course -> Map.<String, Object>of("id", course.id().toString(), "name", course.name()))
        .toList();
  }

  /** The pupils that were found. */
  static List<Map<String, Object>> items(List<Student> students) {
    return students.stream()
        .map(
            student ->
                Map.<String, Object>of(
                    "id", student.id().toString(),
                    "name", student.fullName(),
                    "course", student.course(),
                    "number", student.number().orElse(""),
                    "inactive", student.inactiveSince().isPresent()))
        .toList();
  }

  Map<String, Object> student(Student student) {
    Map<String, Object> model = new HashMap<>(items(List.of(student)).getFirst());
    student.inactiveSince().ifPresent(since -> model.put("since", time.when(since)));
    return model;
  }

  /** The courses of each school year, the latest first. */
  static List<String> years(List<Enrollment> years, List<Course> courses) {
    Map<UUID, String> names =
        courses.stream().collect(Collectors.toUnmodifiableMap(Course::id, Course::name));
    return years.stream()
        .sorted(Comparator.comparingInt(Enrollment::schoolYear).reversed())
        .map(year -> year.schoolYear() + ": " + names.getOrDefault(year.courseId(), "–"))
        .toList();
  }

  List<Map<String, Object>> guardians(List<Guardian> guardians) {
    return guardians.stream()
        .map(
            guardian ->
                Map.<String, Object>of(
                    "id", guardian.id().toString(),
                    "name", guardian.fullName(),
                    "inactive", guardian.inactiveSince().isPresent(),
                    "contacts", guardian.contacts().stream().map(this::contact).toList()))
        .toList();
  }

  private Map<String, Object> contact(KeptContact kept) {
    Channel channel = kept.contact().channel();
    Map<String, Object> model = new HashMap<>();
    model.put("id", kept.id().toString());
    model.put("channel", text("notifications.channel." + channel));
    model.put("address", kept.contact().address());
    model.put("link", (channel == Channel.EMAIL ? "mailto:" : "tel:") + kept.contact().address());
    model.put("verified", kept.contact().verified());
    model.put(
        "last",
        kept.lastMessage().map(this::last).orElseGet(() -> text("students.contact.unused")));
    kept.suppressed()
        .ifPresent(
            off ->
                model.put(
                    "off",
                    text("students.off." + off.reason())
                        .replace("{time}", time.when(off.since()))));
    return model;
  }

  private String last(LastMessage last) {
    String standing =
        text("students.contact.last")
            .replace("{status}", text("notifications.status." + last.status()))
            .replace("{time}", time.when(last.at()));
    return last.status() == NotificationStatus.FAILED
        ? standing
            + " "
            + text(
                last.failureClass()
                    .map(known -> "notifications.failure." + known)
                    .orElse("notifications.failure.other"))
        : standing;
  }

  /** Cards in use and those that were. */
  Map<String, Object> cards(List<Tag> cards) {
    return Map.of(
        "used",
        cards.stream().filter(card -> card.revokedAt().isEmpty()).map(this::card).toList(),
        "former",
        cards.stream().filter(card -> card.revokedAt().isPresent()).map(this::card).toList(),
        "printed",
        cards.stream()
            .anyMatch(card -> card.revokedAt().isEmpty() && card.kind() == ScanSource.QR));
  }

  private Map<String, Object> card(Tag card) {
    Map<String, Object> model = new HashMap<>();
    model.put("id", card.id().toString());
    model.put("kind", text("cards.kind." + card.kind()));
    model.put("mark", card.preview().orElse(""));
    model.put("since", time.when(card.createdAt()));
    card.revokedAt().ifPresent(at -> model.put("revoked", time.when(at)));
    return model;
  }

  private String text(String key) {
    return Objects.requireNonNullElse(texts.get(key), key.substring(key.lastIndexOf('.') + 1));
  }
}
