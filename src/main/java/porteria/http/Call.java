package porteria.http;

import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.RequestParameter;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.bus.ByStaff;
import porteria.domain.Failure;
import porteria.domain.Kiosk;
import porteria.domain.Role;
import porteria.http.door.Caller;
import porteria.identity.ParentSession;
import porteria.identity.StaffSession;

/**
 * One authorised and validated call.
 *
 * @param requestId on every log line and in every problem about this call
 * @param receivedAt our clock when it was handed to the operation
 * @param address where the request comes from
 */
record Call(
    Caller caller, Requests.Input input, String requestId, Instant receivedAt, String address) {

  JsonObject body() {
    return input.body();
  }

  UUID pathId(String name) {
    return input
        .parameters()
        .map(parameters -> parameters.getPathParameters().get(name))
        .map(RequestParameter::getString)
        .map(UUID::fromString)
        .orElseThrow();
  }

  Optional<String> query(String name) {
    return parameter(name).map(RequestParameter::getString);
  }

  private Optional<RequestParameter> parameter(String name) {
    return input
        .parameters()
        .map(parameters -> parameters.getQuery().get(name))
        .filter(parameter -> !parameter.isNull());
  }

  Optional<UUID> queryId(String name) {
    return query(name).map(UUID::fromString);
  }

  Optional<Instant> queryTime(String name) {
    return query(name).map(text -> Times.parse(name, text));
  }

  boolean queryBoolean(String name, boolean otherwise) {
    return parameter(name).map(RequestParameter::getBoolean).orElse(otherwise);
  }

  int queryInteger(String name, int otherwise) {
    return parameter(name).map(RequestParameter::getInteger).orElse(otherwise);
  }

  /** A flag of the query; off when it is left out. */
  boolean queryFlag(String name) {
    return parameter(name).map(RequestParameter::getBoolean).orElse(false);
  }

  /** Who acts, as the audit trail names them. */
  AuditActor actor() {
    Optional<String> ip = Optional.of(address);
    return switch (caller) {
      case Caller.Anyone anyone ->
          new AuditActor(AuditActor.Kind.ANONYMOUS, Optional.empty(), Optional.empty(), ip);
      case Caller.Worker worker ->
          new AuditActor(AuditActor.Kind.SYSTEM, Optional.empty(), Optional.empty(), ip);
      case Caller.AtGate gate ->
          new AuditActor(
              AuditActor.Kind.KIOSK,
              Optional.of(gate.kiosk().deviceId()),
              Optional.of(Role.KIOSK),
              ip);
      case Caller.Parent parent ->
          new AuditActor(
              AuditActor.Kind.GUARDIAN,
              Optional.of(parent.session().guardianId()),
              Optional.empty(),
              ip);
      case Caller.Staff staff ->
          AuditActor.staff(staff.session().staffId(), staff.session().role(), ip);
    };
  }

  /** The member of staff who asks, for what is asked over the bus. */
  ByStaff byStaff() {
    StaffSession staff = staff();
    return new ByStaff(staff.schoolId(), staff.staffId(), staff.role(), Optional.of(address));
  }

  /** The contract admits kiosks alone to the operation that asks. */
  Kiosk kiosk() {
    if (caller instanceof Caller.AtGate gate) {
      return gate.kiosk();
    }
    throw Failure.of(Failure.Kind.FORBIDDEN, "Only a kiosk may do this.").asException();
  }

  /** The contract admits parents alone to the operation that asks. */
  ParentSession parent() {
    if (caller instanceof Caller.Parent parent) {
      return parent.session();
    }
    throw Failure.of(Failure.Kind.FORBIDDEN, "Only a parent may do this.").asException();
  }

  /** The school of a caller whom the contract knows as staff or parent. */
  UUID schoolId() {
    return caller instanceof Caller.Parent parent
        ? parent.session().schoolId()
        : staff().schoolId();
  }

  /** Whose children alone the caller may see; empty when they may see all. */
  Optional<UUID> guardianId() {
    return caller instanceof Caller.Parent parent
        ? Optional.of(parent.session().guardianId())
        : Optional.empty();
  }

  /** The contract admits staff alone to the operation that asks. */
  StaffSession staff() {
    if (caller instanceof Caller.Staff staff) {
      return staff.session();
    }
    throw Failure.of(Failure.Kind.FORBIDDEN, "Only staff may do this.").asException();
  }
}
