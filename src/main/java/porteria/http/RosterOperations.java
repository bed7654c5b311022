package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import porteria.http.door.Cursors;
import porteria.roster.Page;
import porteria.roster.Place;
import porteria.roster.Roster;

/** The operations on a school's roster, by their ids in the contract. */
final class RosterOperations {

  private static final int PAGE = 50;

  private RosterOperations() {}

  static Map<String, Function<Call, Future<Answer>>> all(Roster roster) {
    Map<String, Function<Call, Future<Answer>>> code = new HashMap<>();
    code.putAll(new StudentOperations(roster.students(), roster.erasure()).code());
    code.putAll(
        new GuardianOperations(roster.guardians(), roster.erasure(), roster.suppressions()).code());
    code.putAll(new CourseOperations(roster.courses(), roster.schedules()).code());
    code.putAll(new EnrollmentOperations(roster.enrollments(), roster.consents()).code());
    code.put("importRoster", new ImportOperations(roster.fromFile())::load);
    return code;
  }

  /** Which page of a list is asked for. */
  static Place place(Call call) {
    return new Place(call.query("cursor").map(Cursors::id), call.queryInteger("limit", PAGE));
  }

  static <T> Answer page(Page<T> page, Function<T, JsonObject> json) {
    return Answer.ok(
        new JsonObject()
            .put("items", new JsonArray(page.items().stream().map(json).toList()))
            .put("next_cursor", page.next().map(Cursors::text).orElse(null)));
  }

  static UUID id(JsonObject body, String name) {
    return UUID.fromString(body.getString(name));
  }

  static List<UUID> ids(JsonObject body, String name) {
    return body.getJsonArray(name, new JsonArray()).stream()
        .map(String::valueOf)
        .map(UUID::fromString)
        .toList();
  }

  static JsonArray texts(List<UUID> ids) {
    return new JsonArray(ids.stream().map(UUID::toString).toList());
  }
}
