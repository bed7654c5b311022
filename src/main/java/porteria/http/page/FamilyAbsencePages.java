package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.absence.AbsencePage;
import porteria.absence.AbsenceQuery;
import porteria.absence.AbsenceRequest;
import porteria.absence.AbsenceType;
import porteria.absence.Attachments;
import porteria.absence.FamilyAbsences;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.http.door.HttpServices;
import porteria.http.door.RequestIds;
import porteria.http.page.FamilyVisits.Visit;
import porteria.storage.FileType;

/** A guardian says that a child will be absent, sees what the school answers, and takes it back. */
final class FamilyAbsencePages {

  private static final Logger LOG = LoggerFactory.getLogger(FamilyAbsencePages.class);

  private static final String ABSENCES = "/absences";
  private static final int MOST_SHOWN = 20;

  /** What the form adds around the document. */
  private static final int MOST_FORM_BYTES = 16 * 1024;

  private final FamilyVisits visits;
  private final FamilyAbsences absences;
  private final Attachments attachments;

  FamilyAbsencePages(FamilyVisits visits, HttpServices services) {
    this.visits = visits;
    this.absences = services.absences().families();
    this.attachments = services.absences().attachments();
  }

  void mount(Router router) {
    visits.page(router, ABSENCES, visit -> show(visit, AbsenceForm.empty(visit), Map.of()));
    visits.upload(
        router, ABSENCES, Attachments.MAX_BYTES + MOST_FORM_BYTES, this::submit, this::offerAnew);
    visits.form(router, ABSENCES + "/withdraw", ABSENCES, this::withdraw);
  }

  private Future<Void> show(Visit visit, AbsenceForm form, Map<String, String> more) {
    Future<AbsencePage> asked =
        visit
            .child()
            .map(
                child ->
                    absences.list(
                        visit.schoolId(),
                        visit.guardianId(),
                        new AbsenceQuery(
                            Optional.empty(),
                            Optional.of(child.id()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            MOST_SHOWN)))
            .orElseGet(() -> Future.succeededFuture(new AbsencePage(List.of(), Optional.empty())));
    return asked.map(
        page -> {
          Map<String, Object> model = new HashMap<>(more);
          model.put("here", "absences");
          model.put("form", form.model(visit));
          model.put("types", AbsenceType.values());
          LocalDate today = visit.phrases().today();
          model.put("today", today.toString());
          model.put("todayWords", visit.phrases().day(today));
          model.put("tomorrow", today.plusDays(1).toString());
          model.put("tomorrowWords", visit.phrases().day(today.plusDays(1)));
          model.put("asked", page.items().stream().map(each -> item(visit, each)).toList());
          visits.render(visit, "parent_absences", model);
          return null;
        });
  }

  /** Of another guardian's request no words are told: they are between that one and the school. */
  private static Map<String, Object> item(Visit visit, AbsenceRequest request) {
    boolean mine =
        request.guardian().filter(asked -> asked.id().equals(visit.guardianId())).isPresent();
    String from = visit.phrases().day(request.wish().from());
    String to = visit.phrases().day(request.wish().to());
    Map<String, Object> model = new HashMap<>();
    model.put("id", request.id().toString());
    model.put("days", from.equals(to) ? from : from + " – " + to);
    model.put("type", request.wish().type().name());
    model.put("status", request.status().name());
    model.put("mine", mine);
    model.put("bySchool", request.guardian().isEmpty());
    model.put("attached", mine && request.attached());
    model.put("note", request.wish().note().filter(words -> mine).orElse(""));
    request
        .resolution()
        .ifPresent(
            end -> {
              model.put("resolved", visit.phrases().when(end.at()));
              model.put("reason", end.reason().filter(words -> mine).orElse(""));
            });
    return model;
  }

  private Future<Void> submit(Visit visit) {
    RoutingContext context = visit.context();
    AbsenceForm form = AbsenceForm.of(context);
    Optional<FileUpload> file =
        context.fileUploads().stream().filter(each -> each.size() > 0).findFirst();
    Future<Buffer> document =
        file.map(each -> context.vertx().fileSystem().readFile(each.uploadedFileName()))
            .orElseGet(() -> Future.succeededFuture(Buffer.buffer()));
    return document.compose(
        read -> {
          if (read.length() > Attachments.MAX_BYTES
              || (read.length() > 0 && FileType.of(read).isEmpty())) {
            return refuse(visit, form, 400, "document");
          }
          return form.wish(visit)
              .map(
                  wish ->
                      absences
                          .submit(
                              visit.schoolId(), visit.guardianId(), wish, FamilyVisits.actor(visit))
                          .compose(made -> attach(visit, made.id(), read))
                          .<Void>map(
                              notice -> {
                                lead(visit, notice);
                                return null;
                              })
                          .recover(error -> refuse(visit, form, error)))
              .orElseGet(() -> refuse(visit, form, 400, form.missing()));
        });
  }

  /** What is said of a request: it stands, whatever becomes of its document. */
  private Future<String> attach(Visit visit, UUID request, Buffer document) {
    Optional<FileType> type = FileType.of(document);
    if (type.isEmpty()) {
      return Future.succeededFuture("absence-sent");
    }
    return attachments
        .attach(
            visit.schoolId(),
            visit.guardianId(),
            request,
            type.get(),
            document,
            FamilyVisits.actor(visit))
        .map("absence-sent")
        .otherwise(
            error -> {
              LOG.error("request {}: no document", RequestIds.of(visit.context()), error);
              return "absence-sent-bare";
            });
  }

  private static void lead(Visit visit, String notice) {
    Pages.redirect(visit.context(), visit.page(ABSENCES) + "&notice=" + notice);
  }

  private Future<Void> refuse(Visit visit, AbsenceForm form, Throwable error) {
    if (!(error instanceof FailureException known)) {
      return Future.failedFuture(error);
    }
    return switch (known.failure().kind()) {
      case CONFLICT -> refuse(visit, form, 409, "overlap");
      case INVALID_REQUEST -> refuse(visit, form, 400, "days");
      default -> Future.failedFuture(error);
    };
  }

  /** Shows the form again as it was filled in, with what is wrong. */
  private Future<Void> refuse(Visit visit, AbsenceForm form, int status, String wrong) {
    visit.context().response().setStatusCode(status);
    return show(visit, form, Map.of("wrong", wrong));
  }

  /**
   * Offers a form again that came with an old token, as it was filled in. Only once: if the token
   * that the browser has is no good either, the page brings another.
   */
  private void offerAnew(RoutingContext context) {
    if (context.statusCode() != 403 || Asked.field(context, "again").isPresent()) {
      FamilyVisits.leadBack(context, ABSENCES);
      return;
    }
    FormTokens.offer(context);
    AbsenceForm form = AbsenceForm.of(context);
    visits
        .find(context)
        .compose(
            visit -> {
              if (visit.isEmpty()) {
                FamilyVisits.leadBack(context, "");
                return Future.<Void>succeededFuture();
              }
              context.response().setStatusCode(Failure.Kind.FORBIDDEN.status());
              return show(visit.get(), form, Map.of("wrong", "stale"));
            })
        .onFailure(error -> FamilyVisits.leadBack(context, ABSENCES));
  }

  private Future<Void> withdraw(Visit visit) {
    UUID id = Asked.uuid(Asked.field(visit.context(), "id").orElse(""));
    Notices.lead(
        visit.context(),
        absences.withdraw(visit.schoolId(), visit.guardianId(), id, FamilyVisits.actor(visit)),
        "absence-withdrawn",
        visit.page(ABSENCES));
    return Future.succeededFuture();
  }
}
