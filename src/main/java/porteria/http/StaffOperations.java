package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.Role;
import porteria.identity.MadeAccount;
import porteria.identity.NewStaff;
import porteria.identity.StaffAccounts;
import porteria.identity.StaffChange;
import porteria.identity.StaffRecord;

/** The accounts of a school's staff. */
final class StaffOperations {

  private final StaffAccounts accounts;

  StaffOperations(StaffAccounts accounts) {
    this.accounts = accounts;
  }

  Future<Answer> list(Call call) {
    return accounts
        .list(call.staff().schoolId())
        .map(
            staff ->
                Answer.ok(
                    new JsonObject()
                        .put(
                            "items",
                            new JsonArray(staff.stream().map(StaffOperations::json).toList()))
                        .putNull("next_cursor")));
  }

  Future<Answer> add(Call call) {
    JsonObject body = call.body();
    NewStaff staff =
        new NewStaff(
            body.getString("email"),
            body.getString("full_name"),
            Role.valueOf(body.getString("role")));
    return accounts.add(call.staff().schoolId(), call.actor(), staff).map(StaffOperations::made);
  }

  private static Answer made(MadeAccount made) {
    return switch (made) {
      case MadeAccount.Account(var staff, var password) ->
          Answer.of(201, json(staff).put("password", password));
      case MadeAccount.MailboxTaken taken ->
          throw Failure.of(
                  Failure.Kind.CONFLICT, "This mailbox cannot be given to another account.")
              .asException();
      case MadeAccount.NotAMailbox none -> throw notAMailbox();
      case MadeAccount.NoSuchSchool gone ->
          throw Failure.of(Failure.Kind.NOT_FOUND, "There is no such school.").asException();
    };
  }

  private static RuntimeException notAMailbox() {
    return new Failure(
            Failure.Kind.INVALID_REQUEST,
            "The request does not fit the contract.",
            List.of(new FieldError("/email", "allowed is a mailbox such as name@school.example")))
        .asException();
  }

  Future<Answer> change(Call call) {
    JsonObject body = call.body();
    StaffChange change =
        new StaffChange(
            Optional.ofNullable(body.getString("full_name")),
            Optional.ofNullable(body.getString("role")).map(Role::valueOf),
            Optional.ofNullable(body.getBoolean("locked")));
    return accounts
        .change(call.staff().schoolId(), call.actor(), call.pathId("id"), change)
        .map(staff -> Answer.ok(json(staff)));
  }

  Future<Answer> resetPassword(Call call) {
    return accounts
        .resetPassword(call.staff().schoolId(), call.actor(), call.pathId("id"))
        .map(password -> Answer.ok(new JsonObject().put("password", password)));
  }

  private static JsonObject json(StaffRecord staff) {
    return new JsonObject()
        .put("id", staff.id().toString())
        .put("email", staff.email())
        .put("full_name", staff.name())
        .put("role", staff.role().name())
        .put("locked", staff.locked());
  }
}
