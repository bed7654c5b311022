package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.ByStaff;
import porteria.domain.Role;
import porteria.http.door.Cursors;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.photo.PhotoService;
import porteria.roster.Course;
import porteria.roster.Page;
import porteria.roster.Place;
import porteria.roster.Roster;
import porteria.roster.Student;
import porteria.roster.StudentQuery;
import porteria.tag.OldCards;

/** Who a child is: found by name, with family, day, days before, and cards. */
public final class StudentPages {

  private static final String LIST = "/students";
  private static final int PAGE = 50;

  /** A school has tens. */
  private static final int MOST_COURSES = 500;

  private final StaffPages staff;
  private final Roster roster;
  private final PhotoService photos;
  private final HttpServices services;
  private final StudentFile file;

  public StudentPages(StaffPages staff, HttpServices services) {
    this.staff = staff;
    this.roster = services.roster();
    this.photos = services.photos();
    this.services = services;
    this.file = new StudentFile(services);
  }

  public void mount(Router router) {
    staff.page(router, LIST, this::list);
    staff.page(router, LIST + "/:id", this::show);
    staff.part(router, "/photos/:id", this::photo);
    staff.form(router, LIST + "/print", LIST, this::print);
    staff.form(router, LIST + "/revoke", LIST, this::revoke);
    staff.form(router, LIST + "/write-again", LIST, this::writeAgain);
  }

  private Future<Void> list(Visit visit) {
    RoutingContext context = visit.context();
    UUID school = visit.viewer().schoolId();
    String text = Asked.words(context, "q").orElse("");
    Optional<UUID> course = Asked.id(context, "course_id");
    Future<Page<Student>> found =
        roster
            .students()
            .list(
                school,
                new StudentQuery(
                    Optional.of(text).filter(words -> !words.isEmpty()), course, Optional.empty()),
                new Place(Asked.parameter(context, "cursor").map(Cursors::id), PAGE));
    Future<Page<Course>> courses =
        roster.courses().list(school, new Place(Optional.empty(), MOST_COURSES));
    return Future.all(found, courses)
        .map(
            read -> {
              Map<String, Object> model = new HashMap<>();
              model.put("q", text);
              model.put("course", course.map(UUID::toString).orElse(""));
              model.put("courses", StudentWords.courses(courses.result().items()));
              model.put("items", StudentWords.items(found.result().items()));
              found.result().next().ifPresent(next -> model.put("next", Cursors.text(next)));
              Notices.text(context, staff.texts(visit), "students")
                  .ifPresent(said -> model.put("notice", said));
              staff.render(visit, "students", model);
              return null;
            });
  }

  private Future<Void> show(Visit visit) {
    RoutingContext context = visit.context();
    Map<String, String> texts = staff.texts(visit);
    UUID student = Asked.inPath(context, "id");
    SchoolTime time = new SchoolTime(texts, visit.school().zone(), services.clock().instant());
    return file.read(visit.viewer().schoolId(), student, texts, time)
        .<Void>compose(
            read -> {
              Map<String, Object> model = new HashMap<>(read);
              Notices.text(context, texts, "students").ifPresent(said -> model.put("notice", said));
              staff.render(visit, "student", model);
              return Future.succeededFuture();
            })
        .recover(error -> Notices.leadAway(context, error, LIST));
  }

  /** Leads to the photo itself; that somebody looked is written down first. */
  private Future<Void> photo(Visit visit) {
    RoutingContext context = visit.context();
    ByStaff by = StaffPages.by(visit);
    return Notices.leadTo(
        context,
        photos.view(by.schoolId(), Asked.inPath(context, "id"), StaffPages.actor(by)),
        LIST);
  }

  private void print(RoutingContext context) {
    UUID student = Asked.uuid(Asked.field(context, "student").orElse(""));
    OldCards old = Asked.field(context, "replace").isPresent() ? OldCards.REPLACE : OldCards.KEEP;
    staff
        .acting(context, Role.INSPECTOR)
        .compose(
            by ->
                services.cards().printing().card(by.schoolId(), student, old, StaffPages.actor(by)))
        .onSuccess(pdf -> Pages.pdf(context, "credencial.pdf", pdf))
        .onFailure(
            error ->
                Pages.redirect(
                    context, page(student) + "?notice=" + Notices.reason(context, error)));
  }

  private void revoke(RoutingContext context) {
    UUID card = Asked.uuid(Asked.field(context, "card").orElse(""));
    Notices.lead(
        context,
        staff
            .acting(context, Role.INSPECTOR)
            .compose(
                by -> services.cards().records().revoke(by.schoolId(), card, StaffPages.actor(by))),
        "revoked",
        page(Asked.uuid(Asked.field(context, "student").orElse(""))));
  }

  private void writeAgain(RoutingContext context) {
    UUID guardian = Asked.uuid(Asked.field(context, "guardian").orElse(""));
    UUID contact = Asked.uuid(Asked.field(context, "contact").orElse(""));
    Notices.lead(
        context,
        staff
            .acting(context, Role.ADMIN)
            .compose(
                by ->
                    roster
                        .suppressions()
                        .lift(by.schoolId(), guardian, contact, StaffPages.actor(by))),
        "written-again",
        page(Asked.uuid(Asked.field(context, "student").orElse(""))));
  }

  private static String page(UUID student) {
    return LIST + "/" + student;
  }
}
