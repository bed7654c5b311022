package porteria.scan;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.SubmitScan;
import porteria.domain.CardTokens;
import porteria.domain.RejectionReason;

/**
 * A scan ready to be recorded: all that can be said of it without the database.
 *
 * @param fingerprint digest of the body: the same key with another fingerprint is a conflict
 * @param card empty for an ephemeral QR
 * @param qrStudentId of an ephemeral QR
 * @param refusal why it is refused whatever the database says
 * @param occurredAt corrected time of occurrence
 * @param dayStart midnight before it, where the school is
 * @param flags bits of {@link porteria.domain.ScanFlag}
 */
record ScanRow(
    SubmitScan scan,
    long fingerprint,
    Optional<CardTokens.Reading.Card> card,
    Optional<UUID> qrStudentId,
    Optional<RejectionReason> refusal,
    Instant occurredAt,
    Instant dayStart,
    int flags) {

  /** What a scan is known by. Two of one key never share a batch. */
  record Key(UUID schoolId, UUID deviceId, long localSeq) {}

  Key key() {
    return new Key(scan.kiosk().schoolId(), scan.kiosk().deviceId(), scan.localSeq());
  }
}
