package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import porteria.domain.Gate;
import porteria.school.GateRecords;
import porteria.school.OwnTerms;
import porteria.school.School;
import porteria.school.SchoolRecords;
import porteria.school.SchoolSettings;

/** The school itself, and its gates. */
final class SchoolOperations {

  private final SchoolRecords school;
  private final GateRecords gates;

  SchoolOperations(SchoolRecords school, GateRecords gates) {
    this.school = school;
    this.gates = gates;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "viewSchool", this::view,
        "changeSchool", this::change,
        "listGates", this::listGates,
        "createGate", this::createGate,
        "changeGate", this::changeGate);
  }

  private Future<Answer> view(Call call) {
    return school.find(call.staff().schoolId()).map(found -> Answer.ok(json(found)));
  }

  private Future<Answer> change(Call call) {
    JsonObject body = call.body();
    SchoolSettings settings =
        new SchoolSettings(
            body.getString("name"),
            body.getString("country"),
            Optional.ofNullable(body.getString("phone")),
            body.getString("timezone"),
            body.getString("language"),
            body.getString("color", SchoolSettings.DEFAULT_COLOR),
            new OwnTerms(
                Optional.ofNullable(body.getInteger("grace_minutes")),
                Optional.ofNullable(body.getInteger("repeat_seconds")),
                Optional.ofNullable(body.getInteger("retention_days"))));
    return school
        .change(call.staff().schoolId(), kept -> settings, call.actor())
        .map(kept -> Answer.ok(json(kept)));
  }

  private Future<Answer> listGates(Call call) {
    return gates
        .list(call.staff().schoolId())
        .map(
            all ->
                Answer.ok(
                    new JsonObject()
                        .put(
                            "items",
                            new JsonArray(all.stream().map(SchoolOperations::json).toList()))
                        .putNull("next_cursor")));
  }

  private Future<Answer> createGate(Call call) {
    JsonObject body = call.body();
    return gates
        .create(
            call.staff().schoolId(),
            body.getString("gate_id"),
            body.getString("name"),
            call.actor())
        .map(made -> Answer.of(201, json(made)));
  }

  private Future<Answer> changeGate(Call call) {
    return gates
        .rename(
            call.staff().schoolId(), call.pathId("id"), call.body().getString("name"), call.actor())
        .map(kept -> Answer.ok(json(kept)));
  }

  private static JsonObject json(School found) {
    SchoolSettings settings = found.settings();
    return new JsonObject()
        .put("slug", found.slug())
        .put("name", settings.name())
        .put("country", settings.country())
        .put("phone", settings.phone().orElse(null))
        .put("timezone", settings.timezone())
        .put("language", settings.language())
        .put("color", settings.color())
        .put("photos_allowed", found.photosAllowed())
        .put("grace_minutes", settings.terms().graceMinutes().orElse(null))
        .put("repeat_seconds", settings.terms().repeatSeconds().orElse(null))
        .put("retention_days", settings.terms().retentionDays().orElse(null))
        .put(
            "usual",
            new JsonObject()
                .put("grace_minutes", found.usual().grace().toMinutes())
                .put("repeat_seconds", found.usual().repeatWindow().toSeconds())
                .put("retention_days", found.usual().retentionDays()));
  }

  private static JsonObject json(Gate gate) {
    return new JsonObject()
        .put("id", gate.id().toString())
        .put("gate_id", gate.code())
        .put("name", gate.name());
  }
}
