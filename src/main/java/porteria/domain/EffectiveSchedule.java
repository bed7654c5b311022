package porteria.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The hours of a course on a date, each field from the most specific source that says anything of
 * it: the course's exception, then the school's, then the base schedule of the weekday. Whether the
 * day is closed is such a field too, so a course may have school on a day on which the others have
 * none.
 *
 * @param inTime empty on closed days and where nothing says it
 * @param outTime likewise
 * @param closed nobody has to come
 * @param usual the weekday has a base schedule; without one nobody is expected, though hours that
 *     an exception gives are shown
 */
public record EffectiveSchedule(
    LocalDate date,
    Optional<Sourced> inTime,
    Optional<Sourced> outTime,
    boolean closed,
    Optional<Source> closedBy,
    boolean usual) {

  /** Where a field comes from. */
  public enum Source {
    COURSE_EXCEPTION,
    GLOBAL_EXCEPTION,
    BASE
  }

  /** A time, and who says so. */
  public record Sourced(LocalTime time, Source source) {}

  /**
   * Puts the three together.
   *
   * @param base the hours of the date's weekday
   * @param course the exception of the course on the date
   * @param global the exception of the whole school on the date
   */
  public static EffectiveSchedule of(
      LocalDate date,
      Optional<Hours> base,
      Optional<HoursChange> course,
      Optional<HoursChange> global) {
    Optional<Source> decides =
        course
            .map(said -> Source.COURSE_EXCEPTION)
            .or(() -> global.map(said -> Source.GLOBAL_EXCEPTION));
    if (course.or(() -> global).filter(HoursChange::closed).isPresent()) {
      return new EffectiveSchedule(
          date, Optional.empty(), Optional.empty(), true, decides, base.isPresent());
    }
    return new EffectiveSchedule(
        date,
        first(course, global, base, HoursChange::inTime, Hours::inTime),
        first(course, global, base, HoursChange::outTime, Hours::outTime),
        false,
        Optional.empty(),
        base.isPresent());
  }

  /** Whether pupils of the course have to be there, and are missed if they are not. */
  public boolean expectsPupils() {
    return usual && !closed && inTime.isPresent();
  }

  /** Whether the pupils would have to leave before they come. */
  public boolean senseless() {
    return inTime.isPresent()
        && outTime.isPresent()
        && !outTime.get().time().isAfter(inTime.get().time());
  }

  /**
   * When the pupils who have not entered are missed: the time of entry and the grace. A time that
   * the clocks leave out is as much later as they jump; of one that comes twice it is the first.
   */
  public Optional<Instant> cutOff(ZoneId zone, Duration grace) {
    return expectsPupils()
        ? inTime.map(in -> instant(in.time(), zone).plus(grace))
        : Optional.empty();
  }

  /** When the course's day ends; the end of the calendar day where nothing says it. */
  public Instant ends(ZoneId zone) {
    return outTime
        .map(out -> instant(out.time(), zone))
        .orElseGet(() -> SchoolDay.of(date, zone).end());
  }

  private Instant instant(LocalTime time, ZoneId zone) {
    return date.atTime(time).atZone(zone).toInstant();
  }

  private static Optional<Sourced> first(
      Optional<HoursChange> course,
      Optional<HoursChange> global,
      Optional<Hours> base,
      Function<HoursChange, Optional<LocalTime>> ofChange,
      Function<Hours, LocalTime> ofBase) {
    return List.of(
            course.flatMap(ofChange).map(time -> new Sourced(time, Source.COURSE_EXCEPTION)),
            global.flatMap(ofChange).map(time -> new Sourced(time, Source.GLOBAL_EXCEPTION)),
            base.map(ofBase).map(time -> new Sourced(time, Source.BASE)))
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }
}
