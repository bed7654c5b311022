package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.bus.Addresses;
import porteria.bus.BroadcastStopped;
import porteria.bus.Bus;
import porteria.bus.ByStaff;
import porteria.bus.MakeException;
import porteria.bus.PreviewBroadcast;
import porteria.bus.ScheduleException;
import porteria.bus.WithdrawException;
import porteria.domain.Role;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;

/** What a director does with exceptions to the hours: makes one, tells of it, takes it back. */
final class ScheduleActs {

  private static final String EFFECT = "/schedules/effect";
  private static final String ONE = "/schedules/:id";

  private final Pages pages;
  private final StaffPages staff;
  private final Bus bus;
  private final ScheduleRecords records;
  private final BroadcastWords words;

  ScheduleActs(
      Pages pages,
      StaffPages staff,
      HttpServices services,
      ScheduleRecords records,
      BroadcastWords words) {
    this.pages = pages;
    this.staff = staff;
    this.bus = services.bus();
    this.records = records;
    this.words = words;
  }

  /** An exception as somebody wrote it; the whole school's when the course is blank. */
  private record Draft(String course, WrittenHours hours) {

    static Draft of(RoutingContext context) {
      return new Draft(Asked.field(context, "course").orElse(""), WrittenHours.of(context));
    }

    Optional<UUID> courseId() {
      return course.isEmpty() ? Optional.empty() : Optional.of(Asked.uuid(course));
    }
  }

  void mount(Router router) {
    pages
        .form(router, SchedulePages.NEW)
        .handler(context -> staff.show(context, Role.DIRECTOR, this::make));
    Pages.offerAnew(router, SchedulePages.NEW, SchedulePages.NEW);
    Pages.question(router, EFFECT, Pages.MAX_FORM_BYTES)
        .handler(context -> staff.show(context, Role.DIRECTOR, this::effect));
    staff.form(router, ONE + "/tell", SchedulePages.MONTH, this::tell);
    staff.form(router, ONE + "/remove", SchedulePages.MONTH, this::remove);
  }

  /** The empty form, for a day that the address may name. */
  Future<Void> offer(Visit visit) {
    LocalDate tomorrow = phrases(visit).today().plusDays(1);
    LocalDate day = Asked.day(visit.context(), "date").orElse(tomorrow);
    return show(visit, new Draft("", WrittenHours.on(day)), Map.of());
  }

  private Phrases phrases(Visit visit) {
    return words.phrases(visit, staff.texts(visit));
  }

  private Future<Void> make(Visit visit) {
    Draft draft = Draft.of(visit.context());
    Map<String, String> mistakes = new LinkedHashMap<>();
    draft.hours().mark(mistakes, phrases(visit).today());
    if (!mistakes.isEmpty()) {
      return again(visit, draft, mistakes);
    }
    LocalDate day = draft.hours().day().orElseThrow();
    return records
        .between(visit.viewer().schoolId(), day, day)
        .compose(
            span -> {
              ScheduleDay before = span.on(day);
              if (before.taken(draft.courseId())) {
                return again(visit, draft, Map.of("date", "taken"));
              }
              boolean senseless =
                  before
                      .with(draft.courseId(), draft.hours().change())
                      .senseless(span.courses())
                      .isPresent();
              return senseless
                  ? again(visit, draft, Map.of("times", "times-course"))
                  : save(visit, draft, day);
            });
  }

  /** Saved, and on to the preview when families are to be told. */
  private Future<Void> save(Visit visit, Draft draft, LocalDate day) {
    RoutingContext context = visit.context();
    ByStaff by = StaffPages.by(visit);
    boolean told = Asked.field(context, "tell").isPresent();
    return bus.request(
            Addresses.SCHEDULE_EXCEPT,
            new MakeException(
                by, draft.courseId(), day, draft.hours().change(), draft.hours().reason()))
        .compose(
            made ->
                told
                    ? preview(by, made.id())
                        .otherwise(
                            error -> {
                              Notices.note(context, error);
                              return month(made, "untold");
                            })
                    : Future.succeededFuture(month(made, "saved")))
        .map(
            to -> {
              Pages.redirect(context, to);
              return null;
            });
  }

  private static String month(ScheduleException of, String notice) {
    return SchedulePages.MONTH + "?month=" + YearMonth.from(of.date()) + "&notice=" + notice;
  }

  /** Where the preview is looked at. */
  private Future<String> preview(ByStaff by, UUID exception) {
    return bus.request(Addresses.BROADCAST_PREVIEW, PreviewBroadcast.of(by, exception))
        .map(preview -> BroadcastPages.LIST + "/" + preview.id());
  }

  private Future<Void> again(Visit visit, Draft draft, Map<String, String> mistakes) {
    visit.context().response().setStatusCode(422);
    return show(visit, draft, mistakes);
  }

  private Future<Void> show(Visit visit, Draft draft, Map<String, String> mistakes) {
    return effects(visit, draft)
        .map(
            model -> {
              Phrases phrases = phrases(visit);
              model.put("draft", draft.hours().fields());
              model.put("course", draft.course());
              model.put("today", phrases.today().toString());
              model.put(
                  "mistakes",
                  mistakes.entrySet().stream()
                      .collect(
                          Collectors.toMap(
                              Map.Entry::getKey,
                              each -> phrases.of("broadcasts.mistake." + each.getValue()))));
              Asked.parameter(visit.context(), "notice")
                  .map(given -> given.equals("stale") ? "stale" : "failed")
                  .ifPresent(notice -> model.put("notice", notice));
              staff.render(visit, "schedule_new", model);
              return null;
            });
  }

  /** Before and after, while it is written. */
  private Future<Void> effect(Visit visit) {
    return effects(visit, Draft.of(visit.context()))
        .map(
            model -> {
              staff.render(visit, "schedule_effect", model);
              return null;
            });
  }

  private Future<Map<String, Object>> effects(Visit visit, Draft draft) {
    Phrases phrases = phrases(visit);
    LocalDate day = draft.hours().day().orElseGet(phrases::today);
    return records
        .between(visit.viewer().schoolId(), day, day)
        .map(
            span -> {
              ScheduleDay before = span.on(day);
              ScheduleDay after = before.with(draft.courseId(), draft.hours().change());
              Map<String, Object> model = new HashMap<>();
              model.put("day", phrases.day(day));
              model.put(
                  "courses",
                  span.courses().stream()
                      .map(each -> Map.of("id", each.id().toString(), "name", each.name()))
                      .toList());
              model.put("taken", before.taken(draft.courseId()));
              model.put("effects", ScheduleWords.effects(span.courses(), before, after, phrases));
              return model;
            });
  }

  private void tell(RoutingContext context) {
    staff
        .acting(context, Role.DIRECTOR)
        .compose(by -> preview(by, BroadcastPages.id(context)))
        .otherwise(error -> SchedulePages.MONTH + "?notice=" + reason(context, error))
        .onSuccess(to -> Pages.redirect(context, to));
  }

  /** Taken back; what families were told is corrected where the director says so. */
  private void remove(RoutingContext context) {
    staff
        .acting(context, Role.DIRECTOR)
        .compose(
            by ->
                bus.request(
                    Addresses.SCHEDULE_WITHDRAW,
                    new WithdrawException(by, BroadcastPages.id(context))))
        .map(gone -> afterwards(gone.stopped()))
        .otherwise(error -> SchedulePages.MONTH + "?notice=" + reason(context, error))
        .onSuccess(to -> Pages.redirect(context, to));
  }

  private static String afterwards(List<BroadcastStopped> stopped) {
    return stopped.stream()
        .flatMap(each -> each.correction().stream())
        .findFirst()
        .map(correction -> BroadcastPages.LIST + "/" + correction + "?notice=removed")
        .orElse(SchedulePages.MONTH + "?notice=removed");
  }

  private static String reason(RoutingContext context, Throwable error) {
    return switch (Notices.reason(context, error)) {
      case "gone" -> "gone";
      case "conflict" -> "past";
      default -> "failed";
    };
  }
}
