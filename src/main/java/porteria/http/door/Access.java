package porteria.http.door;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import porteria.config.Secret;
import porteria.device.DeviceService;
import porteria.domain.Failure;
import porteria.domain.Failure.Kind;
import porteria.domain.Role;
import porteria.identity.AccessTokens;
import porteria.identity.ParentSession;
import porteria.identity.ParentSessions;
import porteria.identity.ParentTokens;
import porteria.identity.SessionMemory;
import porteria.identity.StaffSession;

/**
 * Who may call which operation, as the contract states it. An operation that states nothing cannot
 * be served. A token of the wrong kind is known but not allowed; an unknown token is nobody.
 */
public final class Access {

  public static final String SESSION_COOKIE = "porteria_session";
  public static final String PARENT_COOKIE = "porteria_family";
  public static final String DEVICE_COOKIE = "porteria_device";

  /** Under which an operation of the contract that is routed states who may call it. */
  public static final String SECURITY = "x-security";

  private static final String BEARER = "Bearer ";
  private static final String KIOSK = "kiosk";
  private static final String STAFF = "staff";
  private static final String PARENT = "parent";
  private static final String WORKER = "worker";

  private final DeviceService devices;
  private final AccessTokens tokens;
  private final SessionMemory sessions;
  private final ParentTokens parentTokens;
  private final ParentSessions parentSessions;
  private final Optional<Secret> workerToken;
  private final Map<String, Rule> rules = new HashMap<>();

  /**
   * Which credentials an operation takes; none at all means it is public.
   *
   * @param enrolling whether also of staff who have yet to enrol the second factor they need
   */
  private record Rule(
      boolean kiosk, boolean parent, boolean worker, Optional<Role> staff, boolean enrolling) {
    boolean isPublic() {
      return !kiosk && !parent && !worker && staff.isEmpty();
    }
  }

  /**
   * Reads the rules out of the contract.
   *
   * @throws IllegalStateException when an operation states no security, or a scheme unknown here
   */
  public Access(
      OpenAPIContract contract,
      DeviceService devices,
      AccessTokens tokens,
      SessionMemory sessions,
      ParentServices parents,
      Optional<Secret> workerToken) {
    this.workerToken = workerToken;
    this.devices = devices;
    this.tokens = tokens;
    this.sessions = sessions;
    this.parentTokens = parents.tokens();
    this.parentSessions = parents.sessions();
    contract
        .operations()
        .forEach(operation -> rules.put(operation.getOperationId(), rule(operation)));
  }

  private static Rule rule(Operation operation) {
    JsonObject model = operation.getOpenAPIModel();
    JsonArray security = model.getJsonArray(SECURITY);
    if (security == null) {
      throw new IllegalStateException(operation.getOperationId() + " states no security");
    }
    Set<String> schemes = new HashSet<>();
    security.forEach(requirement -> schemes.addAll(((JsonObject) requirement).fieldNames()));
    if (!Set.of(KIOSK, STAFF, PARENT, WORKER).containsAll(schemes)) {
      throw new IllegalStateException(
          operation.getOperationId() + " takes unknown credentials: " + schemes);
    }
    Optional<Role> role =
        schemes.contains(STAFF)
            ? Optional.of(Role.valueOf(model.getString("x-role")))
            : Optional.empty();
    return new Rule(
        schemes.contains(KIOSK),
        schemes.contains(PARENT),
        schemes.contains(WORKER),
        role,
        model.getBoolean("x-while-enrolling", false));
  }

  /** Who calls; fails with UNAUTHENTICATED or FORBIDDEN. */
  public Future<Caller> authorise(RoutingContext context, Operation operation) {
    Rule rule = rules.get(operation.getOperationId());
    if (rule == null) {
      return refused(Kind.FORBIDDEN, "Nobody may do this.");
    }
    if (rule.isPublic()) {
      return Future.succeededFuture(new Caller.Anyone());
    }
    Optional<String> token = bearer(context).or(() -> cookie(context, rule));
    if (token.isEmpty()) {
      return refused(Kind.UNAUTHENTICATED, "Send Authorization: Bearer with a valid token.");
    }
    if (isWorker(token.get())) {
      return rule.worker
          ? Future.succeededFuture(new Caller.Worker())
          : refused(Kind.FORBIDDEN, "The worker token does not allow this.");
    }
    // Access tokens have dots, device tokens never do.
    if (token.get().indexOf('.') < 0) {
      return asKiosk(rule, token.get());
    }
    return parentTokens
        .verify(token.get())
        .map(parent -> asParent(rule, parent))
        .orElseGet(() -> asStaff(rule, token.get()));
  }

  /** Who looks at a page; completes on the spot when the session was lately asked about. */
  public Future<Optional<StaffSession>> session(RoutingContext context) {
    return evenEnrolling(context).map(session -> session.filter(known -> !known.enrolling()));
  }

  /** The same, or who must enrol a second factor before any other page. */
  public Future<Optional<StaffSession>> evenEnrolling(RoutingContext context) {
    Optional<StaffSession> named =
        Optional.ofNullable(context.request().getCookie(SESSION_COOKIE))
            .map(Cookie::getValue)
            .flatMap(tokens::verify);
    return named.isEmpty()
        ? Future.succeededFuture(named)
        : isOpen(named.get()).map(open -> open ? named : Optional.empty());
  }

  /** Whether a session has not been ended since its token was issued. */
  public Future<Boolean> isOpen(StaffSession session) {
    return sessions.isOpen(session);
  }

  /** Which guardian looks at a page. */
  public Future<Optional<ParentSession>> parentSession(RoutingContext context) {
    Optional<ParentSession> named =
        Optional.ofNullable(context.request().getCookie(PARENT_COOKIE))
            .map(Cookie::getValue)
            .flatMap(parentTokens::verify);
    return named.isEmpty()
        ? Future.succeededFuture(named)
        : parentSessions.isOpen(named.get()).map(open -> open ? named : Optional.empty());
  }

  /** When the session of a page ends. */
  public Optional<Instant> sessionEnd(RoutingContext context) {
    return Optional.ofNullable(context.request().getCookie(SESSION_COOKIE))
        .map(Cookie::getValue)
        .flatMap(tokens::expiry);
  }

  private boolean isWorker(String token) {
    return workerToken
        .map(
            secret -> MessageDigest.isEqual(secret.bytes(), token.getBytes(StandardCharsets.UTF_8)))
        .orElse(false);
  }

  private Future<Caller> asKiosk(Rule rule, String token) {
    return devices
        .authenticate(token)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return refused(Kind.UNAUTHENTICATED, "This device token is not known or revoked.");
              }
              return rule.kiosk
                  ? Future.succeededFuture(new Caller.AtGate(found.get()))
                  : refused(Kind.FORBIDDEN, "A kiosk may not do this.");
            });
  }

  private Future<Caller> asParent(Rule rule, ParentSession session) {
    return parentSessions
        .isOpen(session)
        .compose(
            open -> {
              if (!open) {
                return refused(Kind.UNAUTHENTICATED, "This session has ended; ask for a new link.");
              }
              return rule.parent
                  ? Future.succeededFuture(new Caller.Parent(session))
                  : refused(Kind.FORBIDDEN, "A parent may not do this.");
            });
  }

  private Future<Caller> asStaff(Rule rule, String token) {
    Optional<StaffSession> session = tokens.verify(token);
    if (session.isEmpty()) {
      return refused(Kind.UNAUTHENTICATED, "This access token is not valid or has expired.");
    }
    return isOpen(session.get())
        .compose(
            open -> {
              if (!open) {
                return refused(Kind.UNAUTHENTICATED, "This session has ended; sign in again.");
              }
              if (session.get().enrolling() && !rule.enrolling) {
                return refused(
                    Kind.TOTP_ENROLMENT_REQUIRED,
                    "Enrol a second factor (/auth/totp/enroll); confirming it answers whole tokens.");
              }
              return rule.staff.filter(least -> session.get().role().includes(least)).isPresent()
                  ? Future.succeededFuture(new Caller.Staff(session.get()))
                  : refused(Kind.FORBIDDEN, "Your role does not allow this.");
            });
  }

  private static Optional<String> bearer(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()));
  }

  /** A cookie comes along by itself, so it may only read. */
  private static Optional<String> cookie(RoutingContext context, Rule rule) {
    return Optional.of(context.request())
        .filter(request -> rule.staff.isPresent() && request.method().equals(HttpMethod.GET))
        .flatMap(request -> Optional.ofNullable(request.getCookie(SESSION_COOKIE)))
        .map(Cookie::getValue);
  }

  private static Future<Caller> refused(Kind kind, String detail) {
    return Future.failedFuture(Failure.of(kind, detail).asException());
  }
}
