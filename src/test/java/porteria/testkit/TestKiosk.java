package porteria.testkit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A kiosk at a gate: numbers what it reads and sends it over HTTP. */
public final class TestKiosk {

  private final RunningServer server;
  private final UUID id;
  private final String code;
  private final String gate;
  private final String token;
  private final AtomicLong numbers = new AtomicLong();

  TestKiosk(RunningServer server, UUID id, String code, String gate, String token) {
    this.server = server;
    this.id = id;
    this.code = code;
    this.gate = gate;
    this.token = token;
  }

  public UUID id() {
    return id;
  }

  public String token() {
    return token;
  }

  /** A scan with the next number, captured now. */
  public JsonObject read(String source, String text, String type) {
    return new JsonObject()
        .put("source", source)
        .put("token", text)
        .put("type", type)
        .put("gate_id", gate)
        .put("device_id", code)
        .put("local_seq", numbers.incrementAndGet())
        .put("photo_expected", false)
        .put("captured_at", server.now().toString());
  }

  /** A scan of an NFC card captured at a time. */
  public JsonObject read(TestPupil pupil, String type, Instant at) {
    return read("NFC", pupil.nfcToken(), type).put("captured_at", at.toString());
  }

  /** Sends one scan; with the time of now as its sending time unless it has one. */
  public Reply send(JsonObject scan) {
    return sending(scan).await();
  }

  public Future<Reply> sending(JsonObject scan) {
    JsonObject body = scan.copy();
    if (!body.containsKey("sent_at")) {
      body.put("sent_at", server.now().toString());
    }
    return server.posted("/attendance/scan", token, body);
  }

  /** An entry captured at a time and sent now. */
  public Reply in(TestPupil pupil, Instant at) {
    return send(read(pupil, "IN", at));
  }

  /** An exit captured at a time and sent now. */
  public Reply out(TestPupil pupil, Instant at) {
    return send(read(pupil, "OUT", at));
  }

  /** Sends many scans in one request, now. */
  public Reply sendAll(List<?> scans) {
    return server.post(
        "/attendance/scans",
        token,
        new JsonObject()
            .put("sent_at", server.now().toString())
            .put("scans", new JsonArray(scans)));
  }

  /** The verdicts over many scans. */
  public List<JsonObject> verdicts(Object... scans) {
    return sendAll(Arrays.asList(scans)).list("verdicts");
  }

  /** Reports itself, with so many scans that it has not sent. */
  public Reply report(int queueLength) {
    return server.post(
        "/devices/heartbeat",
        token,
        new JsonObject()
            .put("device_id", code)
            .put("gate_id", gate)
            .put("queue_len", queueLength)
            .put("version", "1.0.0")
            .put("sent_at", server.now().toString()));
  }

  /** Takes an event back. */
  public Reply annul(String eventId) {
    return server.post(
        "/attendance/events/" + eventId + "/annul",
        token,
        new JsonObject().put("reason", "se equivocó de tarjeta"));
  }
}
