package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.absence.AbsencePage;
import porteria.absence.AbsenceQuery;
import porteria.absence.FamilyAbsences;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.EventPage;
import porteria.bus.FindEvents;
import porteria.bus.FindExceptions;
import porteria.bus.PagePlace;
import porteria.bus.ScheduleException;
import porteria.domain.SchoolDay;
import porteria.http.door.HttpServices;
import porteria.http.page.FamilyVisits.Visit;
import porteria.identity.ParentDirectory.Child;
import porteria.roster.BaseScheduleRecords;
import porteria.roster.Page;
import porteria.roster.Place;
import porteria.roster.SchoolHours;

/** A child's days, a month at a time, and one of them in full. The address names both. */
final class FamilyDays {

  private static final String DAYS = "/days";
  private static final int PAGE = 200;
  private static final int MOST_ABSENCES = 62;
  private static final int MOST_HOURS = 50;
  private static final int MOST_EXCEPTIONS = 1_000;

  /** Before any school could have been here. */
  private static final YearMonth FIRST = YearMonth.of(2020, 1);

  private final FamilyVisits visits;
  private final FamilyAbsences absences;
  private final BaseScheduleRecords hours;
  private final Bus bus;

  FamilyDays(FamilyVisits visits, HttpServices services) {
    this.visits = visits;
    this.absences = services.absences().families();
    this.hours = services.roster().schedules();
    this.bus = services.bus();
  }

  void mount(Router router) {
    visits.page(router, DAYS, this::show);
  }

  private Future<Void> show(Visit visit) {
    YearMonth now = YearMonth.from(visit.phrases().today());
    YearMonth month =
        month(visit.context())
            .filter(wanted -> !wanted.isAfter(now) && !wanted.isBefore(FIRST))
            .orElse(now);
    return visit
        .child()
        .map(child -> read(visit, child, month))
        .orElseGet(() -> Future.succeededFuture(Map.of()))
        .map(
            read -> {
              Map<String, Object> model = new HashMap<>(read);
              model.put("here", "days");
              visits.render(visit, "parent_days", model);
              return null;
            });
  }

  private Future<Map<String, Object>> read(Visit visit, Child child, YearMonth month) {
    UUID school = visit.schoolId();
    Future<List<EventPage.Item>> events = events(visit, child, month, Optional.empty());
    Future<Boolean> known = knownBefore(visit, child, month);
    Future<AbsencePage> asked =
        absences.list(
            school,
            visit.guardianId(),
            new AbsenceQuery(
                Optional.empty(),
                Optional.of(child.id()),
                Optional.of(month.atDay(1)),
                Optional.of(month.atEndOfMonth()),
                Optional.empty(),
                MOST_ABSENCES));
    Future<Page<SchoolHours>> usual =
        hours.list(school, Optional.of(child.courseId()), new Place(Optional.empty(), MOST_HOURS));
    Future<List<ScheduleException>> exceptions =
        bus.request(
                Addresses.SCHEDULE_EXCEPTIONS,
                new FindExceptions(
                    school,
                    Optional.of(month.atDay(1)),
                    Optional.of(month.atEndOfMonth()),
                    Optional.empty(),
                    MOST_EXCEPTIONS))
            .map(page -> page.items());
    return Future.all(events, known, asked, usual, exceptions)
        .map(
            read ->
                new FamilyMonth(
                        month,
                        child.courseId(),
                        visit.guardian().zone(),
                        visit.phrases(),
                        events.result(),
                        known.result(),
                        asked.result().items(),
                        usual.result().items(),
                        exceptions.result())
                    .model(day(visit.context())));
  }

  /** All of the month, however many pages. */
  private Future<List<EventPage.Item>> events(
      Visit visit, Child child, YearMonth month, Optional<PagePlace> before) {
    return events(
            visit,
            child,
            Optional.of(start(visit, month)),
            start(visit, month.plusMonths(1)),
            before,
            PAGE)
        .compose(
            page -> {
              if (page.next().isEmpty()) {
                return Future.succeededFuture(page.items());
              }
              return events(visit, child, month, page.next())
                  .map(
                      more -> {
                        List<EventPage.Item> all = new ArrayList<>(page.items());
                        all.addAll(more);
                        return all;
                      });
            });
  }

  /** Whether anything was recorded of the child before: what was not is nobody's absence. */
  private Future<Boolean> knownBefore(Visit visit, Child child, YearMonth month) {
    return events(visit, child, Optional.empty(), start(visit, month), Optional.empty(), 1)
        .map(page -> !page.items().isEmpty());
  }

  private Future<EventPage> events(
      Visit visit,
      Child child,
      Optional<Instant> from,
      Instant to,
      Optional<PagePlace> before,
      int limit) {
    return bus.request(
        Addresses.ATTENDANCE_EVENTS,
        new FindEvents(
            visit.schoolId(),
            Optional.of(child.id()),
            Optional.empty(),
            Optional.of(visit.guardianId()),
            from,
            Optional.of(to),
            before,
            limit));
  }

  private static Instant start(Visit visit, YearMonth month) {
    return SchoolDay.of(month.atDay(1), visit.guardian().zone()).start();
  }

  private static Optional<YearMonth> month(RoutingContext context) {
    try {
      return Asked.parameter(context, "month").map(YearMonth::parse);
    } catch (DateTimeException noMonth) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> day(RoutingContext context) {
    try {
      return Asked.parameter(context, "day").map(LocalDate::parse);
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }
}
