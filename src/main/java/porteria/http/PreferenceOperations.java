package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import porteria.identity.ParentSession;
import porteria.roster.FamilyChoices;
import porteria.roster.FamilyRecords;
import porteria.roster.Preferences;

/** What guardians choose for themselves. */
final class PreferenceOperations {

  private final FamilyRecords families;

  PreferenceOperations(FamilyRecords families) {
    this.families = families;
  }

  Future<Answer> view(Call call) {
    ParentSession parent = call.parent();
    return families
        .find(parent.schoolId(), parent.guardianId())
        .map(choices -> Answer.ok(json(choices)));
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
        .map(choices -> Answer.ok(json(choices)));
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
