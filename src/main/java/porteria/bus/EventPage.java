package porteria.bus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.ScanFlag;
import porteria.domain.ScanSource;
import porteria.domain.ScanType;

/**
 * Events, newest first.
 *
 * @param next where the next page begins; empty at the end
 */
public record EventPage(List<Item> items, Optional<PagePlace> next) {

  /** One event with its four times. */
  public record Item(
      UUID eventId,
      UUID studentId,
      String student,
      UUID courseId,
      String course,
      ScanType type,
      ScanSource source,
      String gateCode,
      String gate,
      String deviceCode,
      long localSeq,
      Optional<Instant> capturedAt,
      Optional<Instant> sentAt,
      Instant receivedAt,
      Instant occurredAt,
      List<ScanFlag> flags,
      Optional<Instant> annulledAt,
      Optional<String> annulReason) {}
}
