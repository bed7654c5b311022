package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import porteria.identity.SecondFactor;

/** Second factors of staff. */
final class TotpOperations {

  private final SecondFactor secondFactor;

  TotpOperations(SecondFactor secondFactor) {
    this.secondFactor = secondFactor;
  }

  Future<Answer> enrol(Call call) {
    return secondFactor
        .offer(call.staff())
        .map(
            offer ->
                Answer.ok(
                    new JsonObject()
                        .put("secret", offer.secret())
                        .put("otpauth_uri", offer.uri().toString())));
  }

  Future<Answer> confirm(Call call) {
    return secondFactor
        .confirm(call.staff(), call.body().getString("totp"), call.address())
        .map(
            confirmed ->
                Answer.ok(
                    AuthOperations.json(confirmed.signedIn())
                        .put("recovery_codes", new JsonArray(confirmed.recoveryCodes()))));
  }

  Future<Answer> remove(Call call) {
    return secondFactor
        .remove(call.staff().schoolId(), call.actor(), call.pathId("id"))
        .map(removed -> Answer.noContent());
  }
}
