package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.absence.AbsenceDesk;
import porteria.absence.AbsencePage;
import porteria.absence.AbsenceQuery;
import porteria.absence.AbsenceRequest;
import porteria.absence.AbsenceStatus;
import porteria.absence.Attachments;
import porteria.bus.ByStaff;
import porteria.domain.Failure;
import porteria.domain.Role;
import porteria.http.door.Cursors;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;

/** The inbox of requests for absence: what waits for an answer first. */
public final class AbsencePages {

  private static final String LIST = "/absences";
  private static final String RESOLVE = LIST + "/resolve";
  private static final String REVOKE = LIST + "/revoke";
  private static final int PAGE = 50;

  /** Of the contract's reasons. */
  private static final int SHORTEST_REASON = 3;

  private static final int LONGEST_REASON = 300;

  /** Says in the address that all are wanted; without a word those that wait are. */
  private static final String EVERY = "ALL";

  private static final List<String> FILTERS =
      List.of("PENDING", "APPROVED", "REJECTED", "WITHDRAWN", EVERY);

  private final StaffPages staff;
  private final AbsenceDesk desk;
  private final Attachments attachments;
  private final InstantSource clock;

  public AbsencePages(StaffPages staff, HttpServices services) {
    this.staff = staff;
    this.desk = services.absences().desk();
    this.attachments = services.absences().attachments();
    this.clock = services.clock();
  }

  public void mount(Router router) {
    staff.page(router, LIST, this::list);
    staff.part(router, LIST + "/:id/document", this::document);
    staff.form(router, RESOLVE, LIST, this::resolve);
    staff.form(router, REVOKE, LIST, this::revoke);
  }

  private Future<Void> list(Visit visit) {
    RoutingContext context = visit.context();
    String filter = filter(Asked.parameter(context, "status"));
    Optional<UUID> student = Asked.id(context, "student_id");
    AbsenceQuery query =
        new AbsenceQuery(
            filter.equals(EVERY) ? Optional.empty() : Optional.of(AbsenceStatus.valueOf(filter)),
            student,
            Optional.empty(),
            Optional.empty(),
            Asked.parameter(context, "cursor").map(Cursors::id),
            PAGE);
    return desk.list(visit.viewer().schoolId(), query)
        .map(
            page -> {
              staff.render(visit, "absences", model(visit, filter, student, page));
              return null;
            });
  }

  private Map<String, Object> model(
      Visit visit, String filter, Optional<UUID> student, AbsencePage page) {
    Map<String, String> texts = staff.texts(visit);
    SchoolTime time = new SchoolTime(texts, visit.school().zone(), clock.instant());
    Map<String, Object> model = new HashMap<>();
    model.put("filter", filter);
    model.put("filters", FILTERS);
    model.put("items", new AbsenceWords(texts, time).items(page.items()));
    model.put("longest", LONGEST_REASON);
    student.ifPresent(id -> model.put("student", id.toString()));
    page.next().ifPresent(next -> model.put("next", Cursors.text(next)));
    Notices.text(visit.context(), texts, "absences")
        .ifPresent(notice -> model.put("notice", notice));
    return model;
  }

  private static String filter(Optional<String> asked) {
    return asked.filter(FILTERS::contains).orElse("PENDING");
  }

  /** Leads to the document itself, which is written down first. */
  private Future<Void> document(Visit visit) {
    RoutingContext context = visit.context();
    ByStaff by = StaffPages.by(visit);
    return Notices.leadTo(
        context,
        attachments.view(by.schoolId(), Asked.inPath(context, "id"), StaffPages.actor(by)),
        LIST);
  }

  private void resolve(RoutingContext context) {
    UUID id = Asked.field(context, "id").map(Asked::uuid).orElseGet(() -> Asked.uuid(""));
    Optional<String> reason = Asked.line(context, "reason");
    boolean approved = Asked.field(context, "decision").filter("approve"::equals).isPresent();
    Future<AbsenceRequest> resolved =
        staff
            .acting(context, Role.INSPECTOR)
            .compose(
                by ->
                    approved
                        ? approve(by, id, reason)
                        : desk.reject(
                            by.schoolId(),
                            id,
                            by.staffId(),
                            fitting(reason).orElseThrow(AbsencePages::wrongReason),
                            StaffPages.actor(by)));
    String back = LIST + "?status=" + filter(Asked.field(context, "status"));
    Notices.lead(context, resolved, approved ? "approved" : "rejected", back);
  }

  /** Takes back what staff excused themselves. */
  private void revoke(RoutingContext context) {
    UUID id = Asked.field(context, "id").map(Asked::uuid).orElseGet(() -> Asked.uuid(""));
    Future<AbsenceRequest> revoked =
        staff
            .acting(context, Role.INSPECTOR)
            .compose(by -> desk.revoke(by.schoolId(), id, by.staffId(), StaffPages.actor(by)));
    String back = LIST + "?status=" + filter(Asked.field(context, "status"));
    Notices.lead(context, revoked, "revoked", back);
  }

  private Future<AbsenceRequest> approve(ByStaff by, UUID id, Optional<String> reason) {
    if (reason.isPresent() && fitting(reason).isEmpty()) {
      return Future.failedFuture(wrongReason());
    }
    return desk.approve(by.schoolId(), id, by.staffId(), reason, StaffPages.actor(by));
  }

  private static Optional<String> fitting(Optional<String> reason) {
    return reason.filter(
        text -> text.length() >= SHORTEST_REASON && text.length() <= LONGEST_REASON);
  }

  private static RuntimeException wrongReason() {
    return Failure.of(Failure.Kind.INVALID_REQUEST, "The reason is missing or too long.")
        .asException();
  }
}
