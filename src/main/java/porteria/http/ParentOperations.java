package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.EventPage;
import porteria.bus.FindEvents;
import porteria.http.door.Cursors;
import porteria.http.door.ParentServices;
import porteria.identity.AccessToken;
import porteria.identity.ParentDirectory;
import porteria.identity.ParentSession;

/** How guardians come in, and what they see of their own children. */
final class ParentOperations {

  private static final int PAGE = 50;

  private final ParentServices parents;
  private final Bus bus;

  ParentOperations(ParentServices parents, Bus bus) {
    this.parents = parents;
    this.bus = bus;
  }

  /** Answers before anything is looked up. */
  Future<Answer> requestLink(Call call) {
    JsonObject body = call.body();
    parents.links().request(body.getString("school"), body.getString("contact"), call.address());
    return Future.succeededFuture(Answer.of(202, new JsonObject().put("status", "accepted")));
  }

  Future<Answer> redeem(Call call) {
    return parents
        .redemption()
        .redeem(call.body().getString("token"), call.actor())
        .map(session -> Answer.ok(json(parents.tokens().issue(session))));
  }

  Future<Answer> logout(Call call) {
    return parents
        .sessions()
        .end(call.parent(), call.body().getBoolean("everywhere", false), call.actor())
        .map(ended -> Answer.noContent());
  }

  Future<Answer> me(Call call) {
    return parents
        .directory()
        .find(call.parent())
        .map(
            guardian ->
                Answer.ok(
                    new JsonObject()
                        .put("id", guardian.id().toString())
                        .put("full_name", guardian.name())
                        .put("language", guardian.language())
                        .put(
                            "school",
                            new JsonObject()
                                .put("name", guardian.school())
                                .put("timezone", guardian.zone().getId()))));
  }

  Future<Answer> children(Call call) {
    return parents
        .directory()
        .children(call.parent())
        .map(
            children ->
                Answer.ok(
                    new JsonObject()
                        .put(
                            "items",
                            new JsonArray(children.stream().map(ParentOperations::json).toList()))
                        .putNull("next_cursor")));
  }

  Future<Answer> events(Call call) {
    ParentSession parent = call.parent();
    FindEvents query =
        new FindEvents(
            parent.schoolId(),
            call.queryId("student_id"),
            Optional.empty(),
            Optional.of(parent.guardianId()),
            call.queryTime("from"),
            call.queryTime("to"),
            call.query("cursor").map(Cursors::parse),
            call.queryInteger("limit", PAGE));
    return bus.request(Addresses.ATTENDANCE_EVENTS, query).map(ParentOperations::answer);
  }

  static Answer answer(EventPage page) {
    JsonObject body =
        new JsonObject()
            .put(
                "items", new JsonArray(page.items().stream().map(ParentOperations::json).toList()));
    Cursors.put(body, page.next());
    return Answer.ok(body);
  }

  /** What a family may know: nothing of kiosks and their clocks. */
  private static JsonObject json(EventPage.Item event) {
    return new JsonObject()
        .put("event_id", event.eventId().toString())
        .put(
            "student",
            new JsonObject()
                .put("id", event.studentId().toString())
                .put("full_name", event.student()))
        .put("type", event.type().name())
        .put("gate", event.gate())
        .put("occurred_at", event.occurredAt().toString())
        .put("annulled", event.annulledAt().isPresent());
  }

  private static JsonObject json(ParentDirectory.Child child) {
    return new JsonObject()
        .put("id", child.id().toString())
        .put("full_name", child.name())
        .put("course", child.course());
  }

  private static JsonObject json(AccessToken token) {
    return new JsonObject()
        .put("access_token", token.value())
        .put("token_type", "Bearer")
        .put("expires_in", token.life().toSeconds());
  }
}
