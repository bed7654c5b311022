package porteria.http;

import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Failure;
import porteria.domain.Kiosk;
import porteria.identity.StaffSession;

/**
 * One authorised and validated call.
 *
 * @param requestId on every log line and in every problem about this call
 * @param receivedAt our clock when it was handed to the operation
 */
record Call(Caller caller, ValidatedRequest request, String requestId, Instant receivedAt) {

  JsonObject body() {
    return request.getBody().getJsonObject();
  }

  UUID pathId(String name) {
    return UUID.fromString(request.getPathParameters().get(name).getString());
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(request.getQuery().get(name))
        .filter(parameter -> !parameter.isNull())
        .map(RequestParameter::getString);
  }

  Optional<UUID> queryId(String name) {
    return query(name).map(UUID::fromString);
  }

  Optional<Instant> queryTime(String name) {
    return query(name).map(text -> Times.parse(name, text));
  }

  int queryInteger(String name, int otherwise) {
    RequestParameter parameter = request.getQuery().get(name);
    return parameter == null || parameter.isNull() ? otherwise : parameter.getInteger();
  }

  /** The contract admits kiosks alone to the operation that asks. */
  Kiosk kiosk() {
    if (caller instanceof Caller.AtGate gate) {
      return gate.kiosk();
    }
    throw Failure.of(Failure.Kind.FORBIDDEN, "Only a kiosk may do this.").asException();
  }

  /** The contract admits staff alone to the operation that asks. */
  StaffSession staff() {
    if (caller instanceof Caller.Staff staff) {
      return staff.session();
    }
    throw Failure.of(Failure.Kind.FORBIDDEN, "Only staff may do this.").asException();
  }
}
