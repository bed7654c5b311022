package porteria.http.page;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.bus.ScheduleException;
import porteria.domain.EffectiveSchedule;
import porteria.domain.Hours;
import porteria.domain.HoursChange;
import porteria.roster.Course;
import porteria.roster.SchoolHours;

/**
 * What says something of the hours of one date: the usual ones of its weekday, and exceptions.
 *
 * @param base by course
 * @param global of the whole school
 * @param own by course
 */
record ScheduleDay(
    LocalDate date,
    Map<UUID, Hours> base,
    Optional<HoursChange> global,
    Map<UUID, HoursChange> own) {

  /** Of a school's usual hours and the exceptions of that date. */
  static ScheduleDay of(LocalDate date, List<SchoolHours> usual, List<ScheduleException> said) {
    int weekday = date.getDayOfWeek().getValue() - 1;
    return new ScheduleDay(
        date,
        usual.stream()
            .filter(each -> each.weekday() == weekday)
            .collect(
                Collectors.toMap(
                    SchoolHours::courseId, each -> new Hours(each.span().in(), each.span().out()))),
        said.stream()
            .filter(each -> each.courseId().isEmpty())
            .map(ScheduleException::change)
            .findFirst(),
        said.stream()
            .filter(each -> each.courseId().isPresent())
            .collect(
                Collectors.toMap(
                    each -> each.courseId().orElseThrow(), ScheduleException::change)));
  }

  /** With one more exception, of a course or of all. */
  ScheduleDay with(Optional<UUID> course, HoursChange change) {
    if (course.isEmpty()) {
      return new ScheduleDay(date, base, Optional.of(change), own);
    }
    Map<UUID, HoursChange> more = new HashMap<>(own);
    more.put(course.get(), change);
    return new ScheduleDay(date, base, global, more);
  }

  /** Whether there is an exception of that course, or of all, already. */
  boolean taken(Optional<UUID> course) {
    return course.map(own::containsKey).orElse(global.isPresent());
  }

  EffectiveSchedule hours(UUID course) {
    return EffectiveSchedule.of(
        date, Optional.ofNullable(base.get(course)), Optional.ofNullable(own.get(course)), global);
  }

  /** The first course whose pupils would leave before they come. */
  Optional<Course> senseless(List<Course> courses) {
    return courses.stream().filter(each -> hours(each.id()).senseless()).findFirst();
  }
}
