package porteria.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The state of a school's day, derived from its events in the order they occurred.
 *
 * @param seq number of the last change it takes into account
 * @param recent the latest changes, newest first
 */
public record DayView(
    LocalDate date,
    ZoneId zone,
    long seq,
    Counts totals,
    List<Course> courses,
    List<LiveChange> recent) {

  /** The day as the contract states it. */
  public JsonObject toJson() {
    Map<UUID, String> names =
        courses.stream().collect(Collectors.toMap(Course::courseId, Course::name));
    return new JsonObject()
        .put("date", date.toString())
        .put("timezone", zone.getId())
        .put("seq", seq)
        .put("totals", totals.toJson())
        .put("courses", coursesToJson())
        .put(
            "recent",
            new JsonArray(
                recent.stream()
                    .map(change -> change.toJson(change.courseId().map(names::get)))
                    .toList()));
  }

  /** The courses' counts, in this order. */
  public JsonArray coursesToJson() {
    return new JsonArray(
        courses.stream()
            .map(
                course ->
                    new JsonObject()
                        .put("course_id", course.courseId().toString())
                        .put("name", course.name())
                        .mergeIn(course.counts().toJson()))
            .toList());
  }

  /**
   * Pupils counted.
   *
   * @param expected active pupils whose course has school that day
   * @param present inside now
   * @param late their first entry came after their course's time
   * @param absent expected and not excused, without an entry
   * @param excused expected, without an entry, and their absence was approved
   * @param held absent, and the alarm waits for a gate
   * @param left entered and are out again
   */
  public record Counts(
      int expected, int present, int late, int absent, int excused, int held, int left) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    public JsonObject toJson() {
      return new JsonObject()
          .put("expected", expected)
          .put("present", present)
          .put("late", late)
          .put("absent", absent)
          .put("excused", excused)
          .put("held", held)
          .put("left", left);
    }

    public Counts plus(Counts other) {
      return new Counts(
          expected + other.expected,
          present + other.present,
          late + other.late,
          absent + other.absent,
          excused + other.excused,
          held + other.held,
          left + other.left);
    }
  }

  /** One course's counts. */
  public record Course(UUID courseId, String name, Counts counts) {}
}
