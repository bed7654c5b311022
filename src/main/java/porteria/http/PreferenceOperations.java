package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import porteria.identity.ParentSession;
import porteria.roster.ContactSuppressions;
import porteria.roster.FamilyChoices;
import porteria.roster.FamilyRecords;
import porteria.roster.KeptContact;
import porteria.roster.Preferences;

/** What guardians choose for themselves. */
final class PreferenceOperations {

  private final FamilyRecords families;
  private final ContactSuppressions suppressions;

  PreferenceOperations(FamilyRecords families, ContactSuppressions suppressions) {
    this.suppressions = suppressions;
    this.families = families;
  }

  Future<Answer> view(Call call) {
    ParentSession parent = call.parent();
    return families
        .find(parent.schoolId(), parent.guardianId())
        .compose(choices -> answer(parent, choices));
  }

  Future<Answer> choose(Call call) {
    ParentSession parent = call.parent();
    JsonObject body = call.body();
    Map<UUID, Boolean> photos = new HashMap<>();
    body.getJsonObject("photo_opt_in")
        .forEach(child -> photos.put(UUID.fromString(child.getKey()), (Boolean) child.getValue()));
    FamilyChoices chosen =
        new FamilyChoices(
            Preferences.of(body.getJsonObject("channels")), photos, body.getString("language"));
    return families
        .choose(parent.schoolId(), parent.guardianId(), chosen, call.actor())
        .compose(choices -> answer(parent, choices));
  }

  /** Writes again to where it was asked to stop. */
  Future<Answer> resume(Call call) {
    ParentSession parent = call.parent();
    return suppressions
        .resume(parent.schoolId(), parent.guardianId(), call.pathId("contact_id"), call.actor())
        .map(resumed -> Answer.noContent());
  }

  /** With where nothing is sent although it was chosen. */
  private Future<Answer> answer(ParentSession parent, FamilyChoices choices) {
    return suppressions
        .of(parent.schoolId(), parent.guardianId())
        .map(
            off ->
                Answer.ok(
                    json(choices)
                        .put(
                            "suppressed",
                            new JsonArray(off.stream().map(PreferenceOperations::json).toList()))));
  }

  private static JsonObject json(KeptContact contact) {
    JsonObject json =
        new JsonObject()
            .put("contact_id", contact.id().toString())
            .put("channel", contact.contact().channel().name())
            .put("address", contact.contact().address());
    contact.suppressed().ifPresent(off -> json.mergeIn(GuardianOperations.json(off)));
    return json;
  }

  private static JsonObject json(FamilyChoices choices) {
    JsonObject photos = new JsonObject();
    choices.photos().forEach((child, wanted) -> photos.put(child.toString(), wanted));
    return new JsonObject()
        .put("channels", choices.channels().json())
        .put("photo_opt_in", photos)
        .put("language", choices.language());
  }
}
