package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.EventPage;
import porteria.bus.FindEvents;
import porteria.bus.FindRejections;
import porteria.bus.RejectionPage;
import porteria.bus.ViewArrivals;
import porteria.bus.ViewDay;
import porteria.bus.ViewMissing;
import porteria.bus.ViewPreviousDay;
import porteria.domain.ScanFlag;
import porteria.http.door.Caller;
import porteria.http.door.Cursors;

/** What staff see of a school's days. */
final class AttendanceOperations {

  private static final int PAGE = 50;
  private static final int RECENT = 50;

  private final Bus bus;

  AttendanceOperations(Bus bus) {
    this.bus = bus;
  }

  Future<Answer> day(Call call) {
    Optional<LocalDate> date = call.query("date").map(Times::date);
    return bus.request(Addresses.ATTENDANCE_DAY, new ViewDay(call.staff().schoolId(), date, RECENT))
        .map(day -> Answer.ok(day.toJson()));
  }

  Future<Answer> arrivals(Call call) {
    Optional<LocalDate> date = call.query("date").map(Times::date);
    return bus.request(
            Addresses.ATTENDANCE_ARRIVALS, new ViewArrivals(call.staff().schoolId(), date))
        .map(arrivals -> Answer.ok(arrivals.toJson()));
  }

  Future<Answer> previousDay(Call call) {
    return bus.request(Addresses.ATTENDANCE_PREVIOUS, new ViewPreviousDay(call.staff().schoolId()))
        .map(previous -> Answer.ok(previous.toJson()));
  }

  Future<Answer> missing(Call call) {
    ViewMissing query =
        new ViewMissing(
            call.staff().schoolId(),
            call.query("date").map(Times::date),
            call.query("cursor").map(Cursors::id),
            call.queryInteger("limit", PAGE));
    return bus.request(Addresses.ATTENDANCE_MISSING, query)
        .map(page -> Answer.ok(page.toJson(page.next().map(Cursors::text))));
  }

  Future<Answer> events(Call call) {
    FindEvents query =
        new FindEvents(
            call.schoolId(),
            call.queryId("student_id"),
            call.queryId("course_id"),
            call.guardianId(),
            call.queryTime("from"),
            call.queryTime("to"),
            call.query("cursor").map(Cursors::parse),
            call.queryInteger("limit", PAGE),
            call.query("q"));
    return bus.request(Addresses.ATTENDANCE_EVENTS, query)
        .map(
            page ->
                call.caller() instanceof Caller.Parent
                    ? ParentOperations.answer(page)
                    : answer(page));
  }

  Future<Answer> rejections(Call call) {
    FindRejections query =
        new FindRejections(
            call.staff().schoolId(),
            call.queryTime("from"),
            call.queryTime("to"),
            call.query("cursor").map(Cursors::parse),
            call.queryInteger("limit", PAGE));
    return bus.request(Addresses.ATTENDANCE_REJECTIONS, query).map(AttendanceOperations::answer);
  }

  private static Answer answer(EventPage page) {
    JsonObject body =
        new JsonObject()
            .put(
                "items",
                new JsonArray(page.items().stream().map(AttendanceOperations::json).toList()));
    Cursors.put(body, page.next());
    return Answer.ok(body);
  }

  private static Answer answer(RejectionPage page) {
    JsonObject body =
        new JsonObject()
            .put(
                "items",
                new JsonArray(page.items().stream().map(AttendanceOperations::json).toList()));
    Cursors.put(body, page.next());
    return Answer.ok(body);
  }

  private static JsonObject json(EventPage.Item event) {
    JsonObject item =
        new JsonObject()
            .put("event_id", event.eventId().toString())
            .put(
                "student",
                new JsonObject()
                    .put("id", event.studentId().toString())
                    .put("full_name", event.student()))
            .put(
                "course",
                new JsonObject().put("id", event.courseId().toString()).put("name", event.course()))
            .put("type", event.type().name())
            .put("source", event.source().name())
            .put("gate_id", event.gateCode())
            .put("gate", event.gate())
            .put("device_id", event.deviceCode())
            .put("local_seq", event.localSeq())
            .put("received_at", event.receivedAt().toString())
            .put("occurred_at", event.occurredAt().toString())
            .put("flags", names(event.flags()));
    putTime(item, "captured_at", event.capturedAt());
    putTime(item, "sent_at", event.sentAt());
    putTime(item, "annulled_at", event.annulledAt());
    event.annulReason().ifPresent(reason -> item.put("annul_reason", reason));
    return item;
  }

  private static JsonObject json(RejectionPage.Item rejection) {
    return new JsonObject()
        .put("rejection_id", rejection.rejectionId().toString())
        .put("reason", rejection.reason().name())
        .put("type", rejection.type().name())
        .put("source", rejection.source().name())
        .put("gate_id", rejection.gateCode())
        .put("gate", rejection.gate())
        .put("device_id", rejection.deviceCode())
        .put("local_seq", rejection.localSeq())
        .put("received_at", rejection.receivedAt().toString())
        .put("occurred_at", rejection.occurredAt().toString())
        .put("flags", names(rejection.flags()));
  }

  private static void putTime(JsonObject item, String name, Optional<Instant> time) {
    time.ifPresent(instant -> item.put(name, instant.toString()));
  }

  private static JsonArray names(List<ScanFlag> flags) {
    return new JsonArray(flags.stream().map(Enum::name).toList());
  }
}
