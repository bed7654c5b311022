package porteria.http.page;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.bus.Addresses;
import porteria.bus.EventPage;
import porteria.bus.FindEvents;
import porteria.http.door.HttpServices;
import porteria.roster.Course;
import porteria.roster.Enrollment;
import porteria.roster.EnrollmentQuery;
import porteria.roster.Guardian;
import porteria.roster.GuardianQuery;
import porteria.roster.Page;
import porteria.roster.Place;
import porteria.roster.Student;
import porteria.tag.Tag;

/** All that the page of one pupil tells, gathered from where it is kept. */
final class StudentFile {

  /** Weeks of days before, that of today included. */
  private static final int WEEKS = 3;

  private static final int MOST_EVENTS = 200;
  private static final int MOST_OTHERS = 500;

  private final HttpServices services;

  StudentFile(HttpServices services) {
    this.services = services;
  }

  /** Fails with NOT_FOUND when the school has no such pupil. */
  Future<Map<String, Object>> read(
      UUID school, UUID student, Map<String, String> texts, SchoolTime time) {
    LocalDate first = time.mondayOf(time.today()).minusWeeks(WEEKS - 1L);
    return services
        .roster()
        .students()
        .find(school, student)
        .compose(
            known -> {
              Future<EventPage> events = events(school, student, time.start(first));
              Future<Set<UUID>> photos =
                  events.compose(page -> services.photos().among(school, todays(page, time)));
              Future<List<Tag>> cards = services.cards().records().list(school, student);
              Future<Map<String, Object>> family = family(school, known, texts, time);
              return Future.all(photos, cards, family)
                  .map(
                      read -> {
                        Map<String, Object> model = new HashMap<>(family.result());
                        StudentDays days = new StudentDays(texts, time);
                        model.put("today", days.today(events.result().items(), photos.result()));
                        model.put("state", days.state(events.result().items()));
                        model.put("weekdays", days.weekdays(first));
                        model.put("days", days.calendar(events.result().items(), first));
                        model.put("cards", new StudentWords(texts, time).cards(cards.result()));
                        return model;
                      });
            });
  }

  private Future<EventPage> events(UUID school, UUID student, Instant from) {
    return services
        .bus()
        .request(
            Addresses.ATTENDANCE_EVENTS,
            new FindEvents(
                school,
                Optional.of(student),
                Optional.empty(),
                Optional.empty(),
                Optional.of(from),
                Optional.empty(),
                Optional.empty(),
                MOST_EVENTS));
  }

  private static Set<UUID> todays(EventPage page, SchoolTime time) {
    return page.items().stream()
        .filter(event -> time.dayOf(event.occurredAt()).equals(time.today()))
        .map(EventPage.Item::eventId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Future<Map<String, Object>> family(
      UUID school, Student student, Map<String, String> texts, SchoolTime time) {
    Place all = new Place(Optional.empty(), MOST_OTHERS);
    Future<Page<Guardian>> guardians =
        services
            .roster()
            .guardians()
            .list(school, new GuardianQuery(Optional.empty(), Optional.of(student.id())), all);
    Future<Page<Enrollment>> years =
        services
            .roster()
            .enrollments()
            .list(
                school,
                new EnrollmentQuery(Optional.of(student.id()), Optional.empty(), Optional.empty()),
                all);
    Future<Page<Course>> courses = services.roster().courses().list(school, all);
    return Future.all(guardians, years, courses)
        .map(
            read -> {
              StudentWords words = new StudentWords(texts, time);
              return Map.of(
                  "student", words.student(student),
                  "guardians", words.guardians(guardians.result().items()),
                  "years", StudentWords.years(years.result().items(), courses.result().items()));
            });
  }
}
