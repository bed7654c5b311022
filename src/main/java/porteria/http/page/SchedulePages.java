package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Role;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;

/** The usual hours of each course, and the days on which they are others. */
public final class SchedulePages {

  static final String MONTH = "/schedules";
  static final String NEW = "/schedules/new";

  /** What the address may ask the page to say; nothing else is repeated from it. */
  private static final List<String> NOTICES =
      List.of("stale", "failed", "gone", "saved", "removed", "past", "untold", "base");

  private final StaffPages staff;
  private final ScheduleRecords records;
  private final BroadcastWords words;
  private final ScheduleActs acts;

  public SchedulePages(Pages pages, StaffPages staff, HttpServices services) {
    this.staff = staff;
    this.records = new ScheduleRecords(services);
    this.words = new BroadcastWords(services.clock());
    this.acts = new ScheduleActs(pages, staff, services, records, words);
  }

  public void mount(Router router) {
    staff.page(router, MONTH, this::month);
    staff.page(router, NEW, Role.DIRECTOR, acts::offer);
    acts.mount(router);
  }

  private Future<Void> month(Visit visit) {
    Phrases phrases = words.phrases(visit, staff.texts(visit));
    UUID school = visit.viewer().schoolId();
    YearMonth month =
        Asked.month(visit.context(), "month").orElseGet(() -> YearMonth.from(phrases.today()));
    LocalDate first = month.atDay(1);
    return records
        .between(school, first.minusDays(6), month.atEndOfMonth().plusDays(6))
        .map(
            span -> {
              Map<String, Object> model = new HashMap<>();
              model.put("month", phrases.month(first));
              model.put("before", month.minusMonths(1).toString());
              model.put("after", month.plusMonths(1).toString());
              model.put("weekdays", ScheduleWords.weekdays(phrases));
              model.put("weeks", ScheduleWords.weeks(month, span.exceptions(), phrases));
              model.put(
                  "exceptions",
                  span.exceptions().stream()
                      .filter(each -> YearMonth.from(each.date()).equals(month))
                      .map(each -> ScheduleWords.exception(each, span.names(), phrases))
                      .toList());
              model.put("base", ScheduleWords.base(span.courses(), span.usual()));
              notice(visit.context()).ifPresent(notice -> model.put("notice", notice));
              staff.render(visit, "schedules", model);
              return null;
            });
  }

  private static Optional<String> notice(RoutingContext context) {
    return Asked.parameter(context, "notice")
        .map(given -> given.equals("unavailable") ? "failed" : given)
        .filter(NOTICES::contains);
  }
}
