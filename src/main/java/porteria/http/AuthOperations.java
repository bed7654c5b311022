package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import porteria.identity.SessionService;
import porteria.identity.SignIn;
import porteria.identity.SignedIn;
import porteria.identity.StaffService;
import porteria.identity.StaffSession;

/** Credentials. */
final class AuthOperations {

  private final StaffService staff;
  private final SessionService sessions;

  AuthOperations(StaffService staff, SessionService sessions) {
    this.staff = staff;
    this.sessions = sessions;
  }

  Future<Answer> login(Call call) {
    JsonObject body = call.body();
    return staff
        .login(
            new SignIn(
                body.getString("email"),
                body.getString("password"),
                Optional.ofNullable(body.getString("totp")),
                call.address(),
                Optional.ofNullable(body.getString("device_token")).stream().toList()))
        .map(AuthOperations::answer);
  }

  Future<Answer> refresh(Call call) {
    return sessions
        .refresh(call.body().getString("refresh_token"), call.address())
        .map(AuthOperations::answer);
  }

  Future<Answer> logout(Call call) {
    StaffSession session = call.staff();
    Future<Void> ended =
        call.body().getBoolean("everywhere", false)
            ? sessions.endEverywhere(session, call.address())
            : sessions.end(session, call.address());
    return ended.map(done -> Answer.noContent());
  }

  Future<Answer> changePassword(Call call) {
    JsonObject body = call.body();
    return staff
        .changePassword(
            call.staff(),
            body.getString("current_password"),
            body.getString("new_password"),
            call.address())
        .map(AuthOperations::answer);
  }

  private static Answer answer(SignedIn signedIn) {
    return Answer.ok(json(signedIn));
  }

  static JsonObject json(SignedIn signedIn) {
    JsonObject json =
        new JsonObject()
            .put("access_token", signedIn.access().value())
            .put("refresh_token", signedIn.refreshToken())
            .put("expires_in", signedIn.access().life().toSeconds());
    signedIn.deviceToken().ifPresent(token -> json.put("device_token", token));
    return json;
  }
}
