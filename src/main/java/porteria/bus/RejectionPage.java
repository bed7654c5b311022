package porteria.bus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;
import porteria.domain.ScanSource;
import porteria.domain.ScanType;

/** Refused scans, newest first. */
public record RejectionPage(List<Item> items, Optional<PagePlace> next) {

  /** One refusal; the token is not kept. */
  public record Item(
      UUID rejectionId,
      RejectionReason reason,
      ScanType type,
      ScanSource source,
      String gateCode,
      String gate,
      String deviceCode,
      long localSeq,
      Instant receivedAt,
      Instant occurredAt,
      List<ScanFlag> flags) {}
}
