package porteria.http.page;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.FindExceptions;
import porteria.bus.ScheduleException;
import porteria.http.door.HttpServices;
import porteria.roster.BaseScheduleRecords;
import porteria.roster.Course;
import porteria.roster.CourseRecords;
import porteria.roster.Page;
import porteria.roster.Place;
import porteria.roster.SchoolHours;

/** Reads what the pages of schedules show. */
final class ScheduleRecords {

  private static final int MOST_COURSES = 500;
  private static final int MOST_HOURS = 3_500;
  private static final int MOST_EXCEPTIONS = 1_000;

  private final CourseRecords courses;
  private final BaseScheduleRecords hours;
  private final Bus bus;

  ScheduleRecords(HttpServices services) {
    this.courses = services.roster().courses();
    this.hours = services.roster().schedules();
    this.bus = services.bus();
  }

  /**
   * What holds between two dates.
   *
   * @param usual the hours of all weekdays and courses
   */
  record Span(List<Course> courses, List<SchoolHours> usual, List<ScheduleException> exceptions) {

    Map<UUID, String> names() {
      return courses.stream().collect(Collectors.toMap(Course::id, Course::name));
    }

    /** On one of its dates. */
    ScheduleDay on(LocalDate date) {
      return ScheduleDay.of(
          date, usual, exceptions.stream().filter(each -> each.date().equals(date)).toList());
    }
  }

  Future<Span> between(UUID school, LocalDate from, LocalDate to) {
    Future<List<Course>> all =
        courses.list(school, new Place(Optional.empty(), MOST_COURSES)).map(Page::items);
    Future<List<SchoolHours>> usual =
        hours
            .list(school, Optional.empty(), new Place(Optional.empty(), MOST_HOURS))
            .map(Page::items);
    Future<List<ScheduleException>> exceptions =
        bus.request(
                Addresses.SCHEDULE_EXCEPTIONS,
                new FindExceptions(
                    school, Optional.of(from), Optional.of(to), Optional.empty(), MOST_EXCEPTIONS))
            .map(page -> page.items());
    return Future.all(all, usual, exceptions)
        .map(read -> new Span(all.result(), usual.result(), exceptions.result()));
  }
}
