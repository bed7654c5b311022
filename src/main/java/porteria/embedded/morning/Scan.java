package porteria.embedded.morning;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import porteria.domain.ScanType;

/**
 * What a kiosk has read and owes the server. Its body is the same at every attempt.
 *
 * @param capturedAt by the kiosk's clock
 * @param happenedAt by a right clock
 * @param expected what the server must make of it
 * @param replay sent although the server has answered it before
 * @param twist what is to go wrong with it
 */
record Scan(
    String deviceId,
    String gateId,
    long localSeq,
    Card card,
    ScanType type,
    Instant capturedAt,
    Instant happenedAt,
    Expected expected,
    boolean replay,
    Tap.Twist twist) {

  /** What is sent right after its answer, under the same number, if anything. */
  Optional<Scan> sequel() {
    return switch (twist) {
      case SENT_AGAIN -> Optional.of(then(type, expected, true));
      case KEY_REUSED -> Optional.of(then(otherType(), Expected.CONFLICT, false));
      case NONE, NEGATIVE_SEQ, UNKNOWN_GATE -> Optional.empty();
    };
  }

  private Scan then(ScanType thenType, Expected thenExpected, boolean thenReplay) {
    return new Scan(
        deviceId,
        gateId,
        localSeq,
        card,
        thenType,
        capturedAt,
        happenedAt,
        thenExpected,
        thenReplay,
        Tap.Twist.NONE);
  }

  private ScanType otherType() {
    return type == ScanType.IN ? ScanType.OUT : ScanType.IN;
  }

  /** As an item of a batch; a single scan has {@code sent_at} besides. */
  JsonObject json() {
    return new JsonObject()
        .put("source", card.source().name())
        .put("token", card.token())
        .put("type", type.name())
        .put("gate_id", gateId)
        .put("device_id", deviceId)
        .put("local_seq", localSeq)
        .put("photo_expected", false)
        .put("captured_at", time(capturedAt));
  }

  /** Its name in a report; no pupil's. */
  String label() {
    return deviceId + "/" + localSeq;
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
