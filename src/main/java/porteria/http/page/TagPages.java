package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.ByStaff;
import porteria.domain.Role;
import porteria.http.door.CardServices;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.roster.StudentRecords;
import porteria.tag.CardHolder;
import porteria.tag.Confirmation;
import porteria.tag.CourseCards;
import porteria.tag.OldCards;
import porteria.tag.Provision;

/** Who has a card and who needs one; printing them, and bringing stickers to pupils. */
public final class TagPages {

  private static final String LIST = "/tags";
  private static final String STICKER = LIST + "/sticker";
  private static final String STUDENTS = "/students";

  private final StaffPages staff;
  private final CardServices cards;
  private final StudentRecords students;
  private final InstantSource clock;

  public TagPages(StaffPages staff, HttpServices services) {
    this.staff = staff;
    this.cards = services.cards();
    this.students = services.roster().students();
    this.clock = services.clock();
  }

  public void mount(Router router) {
    staff.page(router, LIST, this::list);
    staff.form(router, LIST + "/print", LIST, this::print);
    staff.form(router, STICKER, STUDENTS, this::provision);
    // Who reloads or comes back finds the pupils: what is written on a sticker is shown once.
    router.get(STICKER).handler(context -> Pages.redirect(context, STUDENTS));
    staff.form(router, LIST + "/confirm", STUDENTS, this::confirm);
  }

  private Future<Void> list(Visit visit) {
    UUID school = visit.viewer().schoolId();
    Optional<UUID> asked = Asked.id(visit.context(), "course_id");
    Future<List<CourseCards>> courses = cards.records().courses(school);
    Future<List<CardHolder>> holders =
        asked
            .map(course -> cards.records().holders(school, course))
            .orElseGet(() -> Future.succeededFuture(List.of()));
    return Future.all(courses, holders)
        .map(
            read -> {
              Map<String, String> texts = staff.texts(visit);
              Map<String, Object> model = new HashMap<>();
              model.put(
                  "courses", courses.result().stream().map(each -> course(each, texts)).toList());
              asked
                  .flatMap(id -> named(courses.result(), id))
                  .ifPresent(
                      course -> {
                        model.put("course", course(course, texts));
                        model.put(
                            "holders", holders.result().stream().map(TagPages::model).toList());
                      });
              Notices.text(visit.context(), texts, "tags")
                  .ifPresent(said -> model.put("notice", said));
              staff.render(visit, "tags", model);
              return null;
            });
  }

  private static Optional<CourseCards> named(List<CourseCards> courses, UUID id) {
    return courses.stream().filter(course -> course.courseId().equals(id)).findFirst();
  }

  private static Map<String, Object> course(CourseCards course, Map<String, String> texts) {
    long missing = course.pupils() - course.printed();
    return Map.of(
        "id", course.courseId().toString(),
        "name", course.course(),
        "pupils", course.pupils(),
        "missing", missing,
        "printed", course.printed(),
        "printedText",
            text(texts, "tags.printed", course.printed())
                .replace("{all}", Long.toString(course.pupils())),
        "stickersText", text(texts, "tags.stickers", course.stickers()),
        "missingText",
            text(
                texts,
                missing == 0
                    ? "tags.complete"
                    : missing == 1 ? "tags.missing.one" : "tags.missing.other",
                missing));
  }

  private static String text(Map<String, String> texts, String key, long count) {
    return Objects.requireNonNull(texts.get(key), key).replace("{count}", Long.toString(count));
  }

  private static Map<String, Object> model(CardHolder holder) {
    return Map.of(
        "id", holder.studentId().toString(),
        "name", holder.name(),
        "printed", holder.printed(),
        "sticker", holder.sticker(),
        "waiting", holder.waiting());
  }

  private void print(RoutingContext context) {
    UUID course = Asked.uuid(Asked.field(context, "course").orElse(""));
    OldCards old = Asked.field(context, "replace").isPresent() ? OldCards.REPLACE : OldCards.KEEP;
    staff
        .acting(context, Role.INSPECTOR)
        .compose(by -> cards.printing().sheet(by.schoolId(), course, old, StaffPages.actor(by)))
        .onSuccess(pdf -> Pages.pdf(context, "credenciales.pdf", pdf))
        .onFailure(
            error ->
                Pages.redirect(
                    context,
                    LIST + "?course_id=" + course + "&notice=" + Notices.reason(context, error)));
  }

  private void provision(RoutingContext context) {
    UUID student = Asked.uuid(Asked.field(context, "student").orElse(""));
    staff
        .visiting(context, Role.INSPECTOR)
        .compose(visit -> provision(visit, student))
        .onFailure(
            error ->
                Pages.redirect(
                    context,
                    STUDENTS + "/" + student + "?notice=" + Notices.reason(context, error)));
  }

  /** What is to be written stands on the page that answers, and nowhere else. */
  private Future<Void> provision(Visit visit, UUID student) {
    ByStaff by = StaffPages.by(visit);
    Future<Provision> made =
        cards.stickers().provision(by.schoolId(), student, StaffPages.actor(by));
    return made.compose(provision -> students.find(by.schoolId(), student))
        .map(
            pupil -> {
              SchoolTime time =
                  new SchoolTime(staff.texts(visit), visit.school().zone(), clock.instant());
              staff.render(
                  visit,
                  "sticker",
                  Map.of(
                      "student", student.toString(),
                      "name", pupil.fullName(),
                      "uri", made.result().ndefUri(),
                      "mark", made.result().preview(),
                      "checksum", made.result().checksum(),
                      "until", time.time(made.result().expiresAt())));
              return null;
            });
  }

  private void confirm(RoutingContext context) {
    UUID student = Asked.uuid(Asked.field(context, "student").orElse(""));
    Confirmation written =
        new Confirmation(
            student,
            Asked.line(context, "mark").orElse(""),
            Asked.line(context, "checksum"),
            Optional.empty());
    Notices.lead(
        context,
        staff
            .acting(context, Role.INSPECTOR)
            .compose(by -> cards.stickers().confirm(by.schoolId(), written, StaffPages.actor(by))),
        "sticker",
        STUDENTS + "/" + student);
  }
}
