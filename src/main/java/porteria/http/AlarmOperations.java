package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.DiscrepancyPage;
import porteria.bus.FindDiscrepancies;
import porteria.bus.HeldAlarms;
import porteria.bus.ReleaseAlarms;
import porteria.bus.ViewAlarms;
import porteria.http.door.Cursors;

/** Alarms that are held back, and what turned out otherwise. */
final class AlarmOperations {

  private static final int PAGE = 50;

  private final Bus bus;

  AlarmOperations(Bus bus) {
    this.bus = bus;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "viewAlarms", this::view,
        "releaseAlarms", this::release,
        "listDiscrepancies", this::discrepancies);
  }

  private Future<Answer> view(Call call) {
    return bus.request(Addresses.ALARMS_VIEW, new ViewAlarms(call.staff().schoolId()))
        .map(HeldAlarms::toJson)
        .map(Answer::ok);
  }

  private Future<Answer> release(Call call) {
    return bus.request(
            Addresses.ALARMS_RELEASE,
            new ReleaseAlarms(
                call.byStaff(),
                Optional.ofNullable(call.body().getString("student_id")).map(UUID::fromString)))
        .map(
            released ->
                Answer.ok(
                    new JsonObject()
                        .put("raised", released.raised())
                        .put("dropped", released.dropped())));
  }

  private Future<Answer> discrepancies(Call call) {
    return bus.request(
            Addresses.ATTENDANCE_DISCREPANCIES,
            new FindDiscrepancies(
                call.staff().schoolId(),
                call.query("from").map(Times::date),
                call.query("to").map(Times::date),
                call.query("cursor").map(Cursors::parse),
                call.queryInteger("limit", PAGE)))
        .map(AlarmOperations::answer);
  }

  private static Answer answer(DiscrepancyPage page) {
    JsonObject body =
        new JsonObject()
            .put("items", new JsonArray(page.items().stream().map(AlarmOperations::json).toList()));
    Cursors.put(body, page.next());
    return Answer.ok(body);
  }

  private static JsonObject json(DiscrepancyPage.Item item) {
    return new JsonObject()
        .put("kind", item.kind().name())
        .put("at", item.at().toString())
        .put("date", item.date().toString())
        .put("subject_id", item.subjectId().toString())
        .put(
            "student",
            new JsonObject()
                .put("id", item.studentId().toString())
                .put("full_name", item.student()))
        .put(
            "course",
            new JsonObject().put("id", item.courseId().toString()).put("name", item.course()));
  }
}
