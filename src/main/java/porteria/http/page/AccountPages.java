package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.ByStaff;
import porteria.domain.Failure;
import porteria.domain.Role;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.identity.MadeAccount;
import porteria.identity.NewStaff;
import porteria.identity.SecondFactor;
import porteria.identity.StaffAccounts;
import porteria.identity.StaffChange;
import porteria.identity.StaffRecord;

/** Who works here and may do what, for admins. */
public final class AccountPages {

  private static final String LIST = "/staff";
  private static final String ADD = LIST + "/add";
  private static final String RESET = LIST + "/reset";
  private static final int LONGEST_NAME = 120;

  /** From the least to the most. */
  private static final List<Role> ROLES =
      List.of(Role.TEACHER, Role.INSPECTOR, Role.DIRECTOR, Role.ADMIN);

  private final StaffPages staff;
  private final StaffAccounts accounts;
  private final SecondFactor secondFactor;

  public AccountPages(StaffPages staff, HttpServices services) {
    this.staff = staff;
    this.accounts = services.accounts();
    this.secondFactor = services.secondFactor();
  }

  public void mount(Router router) {
    staff.page(router, LIST, Role.ADMIN, this::list);
    staff.form(router, ADD, LIST, this::add);
    staff.form(router, RESET, LIST, this::reset);
    // Who reloads or comes back finds the list: a password is shown once.
    router.get(ADD).handler(context -> Pages.redirect(context, LIST));
    router.get(RESET).handler(context -> Pages.redirect(context, LIST));
    staff.form(router, LIST + "/change", LIST, this::change);
    staff.form(router, LIST + "/second-factor", LIST, this::removeSecondFactor);
  }

  private Future<Void> list(Visit visit) {
    return accounts
        .list(visit.viewer().schoolId())
        .map(
            people -> {
              Map<String, Object> model = new HashMap<>();
              model.put(
                  "people",
                  people.stream().map(person -> model(person, visit.viewer().staffId())).toList());
              model.put("roles", ROLES.stream().map(Role::name).toList());
              Notices.text(visit.context(), staff.texts(visit), "staff")
                  .ifPresent(said -> model.put("notice", said));
              staff.render(visit, "accounts", model);
              return null;
            });
  }

  private static Map<String, Object> model(StaffRecord person, UUID viewer) {
    return Map.of(
        "id", person.id().toString(),
        "name", person.name(),
        "email", person.email(),
        "role", person.role().name(),
        "locked", person.locked(),
        "self", person.id().equals(viewer));
  }

  private void add(RoutingContext context) {
    String name = Asked.line(context, "name").orElse("");
    String email = Asked.line(context, "email").orElse("");
    Optional<Role> role = role(context);
    staff
        .visiting(context, Role.ADMIN)
        .compose(visit -> make(visit, name, email, role))
        .onFailure(error -> refuse(context, error));
  }

  private Future<Void> make(Visit visit, String name, String email, Optional<Role> role) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || role.isEmpty()) {
      return Future.failedFuture(invalid());
    }
    ByStaff by = StaffPages.by(visit);
    return accounts
        .add(by.schoolId(), StaffPages.actor(by), new NewStaff(email, name, role.get()))
        .compose(
            made ->
                switch (made) {
                  case MadeAccount.Account(var person, var password) ->
                      show(visit, person.name(), person.email(), password);
                  case MadeAccount.MailboxTaken taken -> {
                    Pages.redirect(visit.context(), LIST + "?notice=taken");
                    yield Future.succeededFuture();
                  }
                  case MadeAccount.NotAMailbox none -> Future.failedFuture(invalid());
                  case MadeAccount.NoSuchSchool gone -> Future.failedFuture(invalid());
                });
  }

  private void reset(RoutingContext context) {
    UUID person = Asked.uuid(Asked.field(context, "id").orElse(""));
    staff
        .visiting(context, Role.ADMIN)
        .compose(visit -> reset(visit, person))
        .onFailure(error -> refuse(context, error));
  }

  private Future<Void> reset(Visit visit, UUID person) {
    ByStaff by = StaffPages.by(visit);
    Future<String> password = accounts.resetPassword(by.schoolId(), StaffPages.actor(by), person);
    return password
        .compose(made -> accounts.list(by.schoolId()))
        .compose(
            people ->
                people.stream()
                    .filter(each -> each.id().equals(person))
                    .findFirst()
                    .map(each -> show(visit, each.name(), each.email(), password.result()))
                    .orElseGet(() -> Future.failedFuture(invalid())));
  }

  /** The password stands on the page that answers, and nowhere else. */
  private Future<Void> show(Visit visit, String name, String email, String password) {
    staff.render(visit, "password", Map.of("name", name, "email", email, "password", password));
    return Future.succeededFuture();
  }

  /** Another role, or a lock put on or taken off. */
  private void change(RoutingContext context) {
    UUID person = Asked.uuid(Asked.field(context, "id").orElse(""));
    Optional<Boolean> lock = Asked.field(context, "lock").map("true"::equals);
    StaffChange change = new StaffChange(Optional.empty(), role(context), lock);
    String done = lock.map(locked -> locked ? "locked" : "unlocked").orElse("role");
    Notices.lead(
        context,
        staff
            .acting(context, Role.ADMIN)
            .compose(by -> accounts.change(by.schoolId(), StaffPages.actor(by), person, change)),
        done,
        LIST);
  }

  /** For who lost the phone with the codes. */
  private void removeSecondFactor(RoutingContext context) {
    UUID person = Asked.uuid(Asked.field(context, "id").orElse(""));
    Notices.lead(
        context,
        staff
            .acting(context, Role.ADMIN)
            .compose(by -> secondFactor.remove(by.schoolId(), StaffPages.actor(by), person)),
        "second-factor",
        LIST);
  }

  private static Optional<Role> role(RoutingContext context) {
    return Asked.field(context, "role")
        .flatMap(
            given ->
                Arrays.stream(Role.values())
                    .filter(ROLES::contains)
                    .filter(role -> role.name().equals(given))
                    .findFirst());
  }

  private static void refuse(RoutingContext context, Throwable error) {
    Pages.redirect(context, LIST + "?notice=" + Notices.reason(context, error));
  }

  private static RuntimeException invalid() {
    return Failure.of(Failure.Kind.INVALID_REQUEST, "The account cannot be made so.").asException();
  }
}
