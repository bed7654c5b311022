package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import porteria.identity.AccessToken;
import porteria.identity.StaffService;

/** Credentials. */
final class AuthOperations {

  private final StaffService staff;

  AuthOperations(StaffService staff) {
    this.staff = staff;
  }

  Future<Answer> login(Call call) {
    JsonObject body = call.body();
    return staff
        .login(body.getString("email"), body.getString("password"))
        .map(token -> Answer.ok(json(token)));
  }

  private static JsonObject json(AccessToken token) {
    return new JsonObject()
        .put("access_token", token.value())
        .put("expires_in", token.life().toSeconds());
  }
}
