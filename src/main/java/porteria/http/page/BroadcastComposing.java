package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.MessagePreviews;
import porteria.bus.RenderMessages;
import porteria.domain.Role;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.roster.Course;
import porteria.roster.CourseRecords;
import porteria.roster.Place;

/** Where a director writes a broadcast and sees how it will be read. */
final class BroadcastComposing {

  private static final String NEW = "/broadcasts/new";
  private static final String SAMPLE = "/broadcasts/sample";
  private static final int MOST_COURSES = 500;
  private static final List<String> LANGUAGES = List.of("es", "en", "pt");

  /** The longest text, though each of its characters is written as six. */
  private static final int MAX_FORM_BYTES = 32_768;

  private final Pages pages;
  private final StaffPages staff;
  private final Bus bus;
  private final CourseRecords courses;
  private final BroadcastWords words;

  BroadcastComposing(Pages pages, StaffPages staff, HttpServices services, BroadcastWords words) {
    this.pages = pages;
    this.staff = staff;
    this.bus = services.bus();
    this.courses = services.roster().courses();
    this.words = words;
  }

  void mount(Router router) {
    staff.page(
        router,
        NEW,
        Role.DIRECTOR,
        visit ->
            compose(visit, BroadcastDraft.about(phrases(visit).today().plusDays(1)), Map.of()));
    pages
        .form(router, NEW, MAX_FORM_BYTES)
        .handler(context -> staff.show(context, Role.DIRECTOR, this::preview));
    Pages.offerAnew(router, NEW, NEW);
    Pages.question(router, SAMPLE, MAX_FORM_BYTES)
        .handler(context -> staff.show(context, Role.DIRECTOR, this::sample));
  }

  private Phrases phrases(Visit visit) {
    return words.phrases(visit, staff.texts(visit));
  }

  /** Freezes whom it reaches and leads there; what is to be mended is said beside its field. */
  private Future<Void> preview(Visit visit) {
    RoutingContext context = visit.context();
    BroadcastDraft draft = BroadcastDraft.of(context);
    Map<String, String> mistakes = draft.mistakes(phrases(visit).today());
    if (!mistakes.isEmpty()) {
      context.response().setStatusCode(422);
      return compose(visit, draft, mistakes);
    }
    return bus.request(Addresses.BROADCAST_PREVIEW, draft.wanted(StaffPages.by(visit)))
        .map(
            preview -> {
              Pages.redirect(context, BroadcastPages.LIST + "/" + preview.id());
              return null;
            });
  }

  private Future<Void> compose(Visit visit, BroadcastDraft draft, Map<String, String> mistakes) {
    UUID school = visit.viewer().schoolId();
    Future<List<Course>> all =
        courses
            .list(school, new Place(Optional.empty(), MOST_COURSES))
            .map(porteria.roster.Page::items);
    Future<MessagePreviews> sample = looks(visit, draft);
    return Future.all(all, sample)
        .map(
            read -> {
              Phrases phrases = phrases(visit);
              Map<String, Object> model = new HashMap<>();
              model.put("draft", draft.fields());
              model.put("today", phrases.today().toString());
              model.put(
                  "mistakes",
                  mistakes.entrySet().stream()
                      .collect(
                          Collectors.toMap(
                              Map.Entry::getKey,
                              each -> phrases.of("broadcasts.mistake." + each.getValue()))));
              model.put("courses", all.result().stream().map(BroadcastComposing::option).toList());
              model.put("samples", words.samples(sample.result().items(), phrases));
              Asked.parameter(visit.context(), "notice")
                  .map(given -> given.equals("stale") ? "stale" : "failed")
                  .ifPresent(notice -> model.put("notice", notice));
              staff.render(visit, "broadcast_new", model);
              return null;
            });
  }

  private static Map<String, Object> option(Course course) {
    return Map.of("id", course.id().toString(), "name", course.name());
  }

  /** How what is written so far will be read. */
  private Future<Void> sample(Visit visit) {
    return looks(visit, BroadcastDraft.of(visit.context()))
        .map(
            sample -> {
              staff.render(
                  visit,
                  "broadcast_sample",
                  Map.of("samples", words.samples(sample.items(), phrases(visit))));
              return null;
            });
  }

  private Future<MessagePreviews> looks(Visit visit, BroadcastDraft draft) {
    Map<String, String> texts = staff.texts(visit);
    Phrases phrases = words.phrases(visit, texts);
    return bus.request(
        Addresses.NOTIFICATION_RENDER,
        new RenderMessages(
            visit.viewer().schoolId(),
            draft.type().template(),
            LANGUAGES.stream()
                .collect(
                    Collectors.toMap(
                        Function.identity(),
                        language ->
                            draft.facts(
                                phrases.today(),
                                visit.school().name(),
                                phrases.of("broadcasts.sample.child"),
                                phrases.of("broadcasts.sample.reason"))))));
  }
}
