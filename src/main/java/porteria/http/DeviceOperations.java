package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import porteria.device.DeviceRecords;
import porteria.device.DeviceStatus;
import porteria.device.EnrolledDevice;
import porteria.device.EnrolmentOffer;
import porteria.device.EnrolmentService;
import porteria.device.Heartbeat;
import porteria.domain.Failure;
import porteria.domain.Gate;
import porteria.domain.Kiosk;

/** The kiosks of a school. */
final class DeviceOperations {

  /** What a kiosk is told to keep to. */
  private static final int HEARTBEAT_SECONDS = 60;

  private static final int MOST_SCANS_A_BATCH = 500;

  private final EnrolmentService enrolment;
  private final DeviceRecords records;

  DeviceOperations(EnrolmentService enrolment, DeviceRecords records) {
    this.enrolment = enrolment;
    this.records = records;
  }

  Future<Answer> offer(Call call) {
    JsonObject body = call.body();
    return enrolment
        .offer(
            call.staff().schoolId(),
            call.actor(),
            body.getString("code"),
            body.getString("gate_id"))
        .map(offer -> Answer.of(201, json(offer)));
  }

  Future<Answer> enrol(Call call) {
    return enrolment
        .enrol(call.body().getString("enrolment_code"), call.actor())
        .map(device -> Answer.of(201, json(device)));
  }

  Future<Answer> heartbeat(Call call) {
    Kiosk kiosk = call.kiosk();
    JsonObject body = call.body();
    if (!kiosk.code().equals(body.getString("device_id"))) {
      throw Failure.of(Failure.Kind.FORBIDDEN, "This token is of another device.").asException();
    }
    Instant sentAt = Times.parse("/sent_at", body.getString("sent_at"));
    Heartbeat heartbeat =
        new Heartbeat(
            body.getString("gate_id"),
            Optional.ofNullable(body.getInteger("battery")),
            Optional.ofNullable(body.getInteger("queue_len")),
            body.getString("version"),
            sentAt);
    return records
        .report(kiosk, heartbeat)
        .map(
            now ->
                Answer.ok(
                    new JsonObject()
                        .put("server_time", now.toString())
                        .put(
                            "config",
                            new JsonObject()
                                .put("heartbeat_seconds", HEARTBEAT_SECONDS)
                                .put("max_batch", MOST_SCANS_A_BATCH))));
  }

  Future<Answer> list(Call call) {
    return records
        .list(call.staff().schoolId())
        .map(
            devices ->
                Answer.ok(
                    new JsonObject()
                        .put(
                            "items",
                            new JsonArray(devices.stream().map(DeviceOperations::json).toList()))
                        .putNull("next_cursor")));
  }

  Future<Answer> revoke(Call call) {
    UUID device = call.pathId("id");
    return records
        .revoke(call.staff().schoolId(), device, call.actor())
        .map(
            at ->
                Answer.ok(
                    new JsonObject()
                        .put("id", device.toString())
                        .put("revoked_at", at.toString())));
  }

  private static JsonObject json(EnrolmentOffer offer) {
    return new JsonObject()
        .put("enrolment_code", offer.enrolmentCode())
        .put("expires_at", offer.expiresAt().toString())
        .put("code", offer.deviceCode())
        .put("gate_id", offer.gateCode());
  }

  private static JsonObject json(EnrolledDevice device) {
    return new JsonObject()
        .put("device_token", device.token())
        .put("id", device.id().toString())
        .put("device_id", device.code())
        .put("gate_id", device.gate())
        .put("gates", new JsonArray(device.gates().stream().map(DeviceOperations::json).toList()))
        .put(
            "school",
            new JsonObject().put("name", device.school()).put("timezone", device.timezone()));
  }

  private static JsonObject json(Gate gate) {
    return new JsonObject().put("gate_id", gate.code()).put("name", gate.name());
  }

  private static JsonObject json(DeviceStatus device) {
    JsonObject item =
        new JsonObject()
            .put("id", device.id().toString())
            .put("code", device.code())
            .put("gate_id", device.gateCode())
            .put("gate", device.gate())
            .put("revoked", device.revokedAt().isPresent())
            .put("dark", device.dark().isPresent())
            .put("last_seen", device.lastSeen().map(Object::toString).orElse(null));
    device.enrolledAt().ifPresent(at -> item.put("enrolled_at", at.toString()));
    device.revokedAt().ifPresent(at -> item.put("revoked_at", at.toString()));
    device.version().ifPresent(version -> item.put("version", version));
    device.battery().ifPresent(battery -> item.put("battery", battery));
    device.queueLength().ifPresent(length -> item.put("queue_len", length));
    device.clockSkewSeconds().ifPresent(skew -> item.put("clock_skew_seconds", skew));
    device
        .dark()
        .ifPresent(
            dark -> {
              item.put("dark_reason", dark.reason().name());
              dark.since().ifPresent(since -> item.put("dark_since", since.toString()));
            });
    return item;
  }
}
