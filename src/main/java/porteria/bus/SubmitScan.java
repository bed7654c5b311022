package porteria.bus;

import java.time.Instant;
import java.util.Optional;
import porteria.domain.Gate;
import porteria.domain.Kiosk;
import porteria.domain.ScanSource;
import porteria.domain.ScanType;

/**
 * A scan as the kiosk sent it.
 *
 * @param kiosk who sent it, authenticated
 * @param localSeq the kiosk's own number of it, not negative
 * @param token what the card or screen carried
 * @param capturedAt kiosk clock at the scan
 * @param sentAt kiosk clock at sending
 * @param receivedAt our clock
 */
public record SubmitScan(
    Kiosk kiosk,
    Gate gate,
    long localSeq,
    ScanSource source,
    String token,
    ScanType type,
    Optional<Instant> capturedAt,
    Optional<Instant> sentAt,
    Instant receivedAt) {}
