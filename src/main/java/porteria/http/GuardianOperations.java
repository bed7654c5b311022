package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import porteria.domain.Channel;
import porteria.roster.Contact;
import porteria.roster.ContactSuppression;
import porteria.roster.ContactSuppressions;
import porteria.roster.Erasure;
import porteria.roster.Guardian;
import porteria.roster.GuardianDraft;
import porteria.roster.GuardianQuery;
import porteria.roster.GuardianRecords;
import porteria.roster.KeptContact;
import porteria.roster.LastMessage;
import porteria.roster.Preferences;

/** The guardians of a school's pupils. */
final class GuardianOperations {

  private static final String OTHERWISE = "es";
  private static final String ACTIVE = "ACTIVE";
  private static final String INACTIVE = "INACTIVE";

  private final GuardianRecords guardians;
  private final Erasure erasure;
  private final ContactSuppressions suppressions;

  GuardianOperations(GuardianRecords guardians, Erasure erasure, ContactSuppressions suppressions) {
    this.suppressions = suppressions;
    this.guardians = guardians;
    this.erasure = erasure;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "listGuardians", this::list,
        "findGuardian", this::find,
        "createGuardian", this::create,
        "changeGuardian", this::change,
        "eraseGuardian", this::erase,
        "liftSuppression", this::lift);
  }

  private Future<Answer> list(Call call) {
    GuardianQuery query = new GuardianQuery(call.query("q"), call.queryId("student_id"));
    return guardians
        .list(call.staff().schoolId(), query, RosterOperations.place(call))
        .map(page -> RosterOperations.page(page, GuardianOperations::json));
  }

  private Future<Answer> find(Call call) {
    return guardians
        .find(call.staff().schoolId(), call.pathId("id"))
        .map(guardian -> Answer.ok(json(guardian)));
  }

  private Future<Answer> create(Call call) {
    return guardians
        .create(call.staff().schoolId(), draft(call.body()), call.actor())
        .map(guardian -> Answer.of(201, json(guardian)));
  }

  private Future<Answer> change(Call call) {
    return guardians
        .change(call.staff().schoolId(), call.pathId("id"), draft(call.body()), call.actor())
        .map(guardian -> Answer.ok(json(guardian)));
  }

  private Future<Answer> erase(Call call) {
    UUID id = call.pathId("id");
    return erasure
        .guardian(call.staff().schoolId(), id, StudentOperations.reason(call), call.actor())
        .map(at -> StudentOperations.erased(id, at));
  }

  private Future<Answer> lift(Call call) {
    return suppressions
        .lift(call.staff().schoolId(), call.pathId("id"), call.pathId("contact_id"), call.actor())
        .map(lifted -> Answer.noContent());
  }

  static JsonObject json(ContactSuppression off) {
    return new JsonObject().put("reason", off.reason().name()).put("since", off.since().toString());
  }

  private static GuardianDraft draft(JsonObject body) {
    return new GuardianDraft(
        body.getString("full_name"),
        body.getString("language", OTHERWISE),
        Optional.ofNullable(body.getString("status")).map(ACTIVE::equals),
        Optional.ofNullable(body.getJsonObject("preferences")).map(Preferences::of),
        contacts(body.getJsonArray("contacts")));
  }

  private static List<Contact> contacts(JsonArray contacts) {
    return contacts.stream().map(each -> contact((JsonObject) each)).toList();
  }

  private static Contact contact(JsonObject json) {
    return new Contact(
        Channel.valueOf(json.getString("channel")),
        json.getString("address"),
        json.getBoolean("verified", false));
  }

  private static JsonObject json(Guardian guardian) {
    JsonObject json =
        new JsonObject()
            .put("id", guardian.id().toString())
            .put("full_name", guardian.fullName())
            .put("language", guardian.language())
            .put("status", guardian.inactiveSince().isEmpty() ? ACTIVE : INACTIVE);
    guardian.inactiveSince().ifPresent(since -> json.put("inactive_since", since.toString()));
    return json.put("preferences", guardian.preferences().json())
        .put(
            "contacts",
            new JsonArray(guardian.contacts().stream().map(GuardianOperations::json).toList()))
        .put("student_ids", RosterOperations.texts(guardian.studentIds()));
  }

  private static JsonObject json(KeptContact kept) {
    Contact contact = kept.contact();
    JsonObject json = new JsonObject().put("id", kept.id().toString());
    kept.suppressed().ifPresent(off -> json.put("suppressed", json(off)));
    kept.lastMessage().ifPresent(last -> json.put("last_message", json(last)));
    return json.put("channel", contact.channel().name())
        .put("address", contact.address())
        .put("verified", contact.verified());
  }

  private static JsonObject json(LastMessage last) {
    JsonObject json =
        new JsonObject()
            .put("id", last.id().toString())
            .put("status", last.status().name())
            .put("at", last.at().toString());
    last.failureClass().ifPresent(why -> json.put("failure_class", why.name()));
    return json;
  }
}
