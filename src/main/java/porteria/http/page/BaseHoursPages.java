package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import porteria.domain.Role;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.roster.BaseScheduleRecords;
import porteria.roster.Course;
import porteria.roster.CourseRecords;
import porteria.roster.Page;
import porteria.roster.Place;
import porteria.roster.SchoolHours;

/** Where an admin sets the usual week of a course. */
public final class BaseHoursPages {

  private static final String ONE = "/schedules/base/:id";
  private static final int WEEK = 7;

  private final Pages pages;
  private final StaffPages staff;
  private final CourseRecords courses;
  private final BaseScheduleRecords hours;
  private final BroadcastWords words;

  public BaseHoursPages(Pages pages, StaffPages staff, HttpServices services) {
    this.pages = pages;
    this.staff = staff;
    this.courses = services.roster().courses();
    this.hours = services.roster().schedules();
    this.words = new BroadcastWords(services.clock());
  }

  public void mount(Router router) {
    staff.page(router, ONE, Role.ADMIN, this::offer);
    pages.form(router, ONE).handler(context -> staff.show(context, Role.ADMIN, this::save));
    Pages.offerAnew(router, ONE, ONE);
  }

  /** A weekday as it was written; a day off where both are blank. */
  private record Written(int weekday, String in, String out) {

    boolean off() {
      return in.isEmpty() && out.isEmpty();
    }

    Optional<SchoolHours.Span> span() {
      Optional<LocalTime> from = WrittenHours.time(in);
      Optional<LocalTime> to = WrittenHours.time(out);
      return from.flatMap(
          start -> to.filter(start::isBefore).map(end -> new SchoolHours.Span(start, end)));
    }
  }

  private Future<Void> offer(Visit visit) {
    UUID school = visit.viewer().schoolId();
    UUID id = BroadcastPages.id(visit.context());
    return usual(school, id)
        .compose(found -> show(visit, ScheduleWords.days(found), List.of()))
        .recover(error -> gone(visit, error));
  }

  private Future<List<SchoolHours>> usual(UUID school, UUID course) {
    return hours
        .list(school, Optional.of(course), new Place(Optional.empty(), WEEK))
        .map(Page::items);
  }

  private Future<Void> show(Visit visit, List<Map<String, Object>> days, List<Integer> mistakes) {
    Phrases phrases = words.phrases(visit, staff.texts(visit));
    return courses
        .find(visit.viewer().schoolId(), BroadcastPages.id(visit.context()))
        .map(
            course -> {
              Map<String, Object> model = new HashMap<>();
              model.put("course", named(course));
              model.put("days", days);
              model.put("weekdays", ScheduleWords.weekdays(phrases));
              model.put("mistakes", mistakes);
              Asked.parameter(visit.context(), "notice")
                  .map(given -> given.equals("stale") ? "stale" : "failed")
                  .ifPresent(notice -> model.put("notice", notice));
              staff.render(visit, "schedule_base", model);
              return null;
            });
  }

  private static Map<String, Object> named(Course course) {
    return Map.of("id", course.id().toString(), "name", course.name());
  }

  private Future<Void> save(Visit visit) {
    List<Written> week =
        IntStream.range(0, WEEK).mapToObj(day -> written(visit.context(), day)).toList();
    List<Integer> mistakes =
        week.stream()
            .filter(each -> !each.off() && each.span().isEmpty())
            .map(Written::weekday)
            .toList();
    if (!mistakes.isEmpty()) {
      visit.context().response().setStatusCode(422);
      return show(
          visit,
          week.stream()
              .map(each -> Map.<String, Object>of("in", each.in(), "out", each.out()))
              .toList(),
          mistakes);
    }
    UUID school = visit.viewer().schoolId();
    UUID course = BroadcastPages.id(visit.context());
    Map<Integer, SchoolHours.Span> spans =
        week.stream()
            .filter(each -> each.span().isPresent())
            .collect(Collectors.toMap(Written::weekday, each -> each.span().orElseThrow()));
    return hours
        .replace(school, course, spans, StaffPages.actor(StaffPages.by(visit)))
        .onSuccess(done -> Pages.redirect(visit.context(), SchedulePages.MONTH + "?notice=base"))
        .recover(error -> gone(visit, error));
  }

  private static Written written(RoutingContext context, int weekday) {
    return new Written(
        weekday,
        Asked.field(context, "in_" + weekday).orElse(""),
        Asked.field(context, "out_" + weekday).orElse(""));
  }

  private static Future<Void> gone(Visit visit, Throwable error) {
    if (!BroadcastPages.isMissing(error)) {
      return Future.failedFuture(error);
    }
    Pages.redirect(visit.context(), SchedulePages.MONTH + "?notice=gone");
    return Future.succeededFuture();
  }
}
