package porteria.domain;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** What was noticed about a scan without refusing it. Stored as a set of bits. */
public enum ScanFlag {
  /** The same pupil and direction within the repeat window: recorded, told to nobody. */
  REPEAT(1),
  /** Anomaly: leaves without having entered that day. */
  OUT_WITHOUT_IN(2),
  /** Anomaly: enters while already inside. */
  IN_WHILE_IN(4),
  /** The kiosk's clock differs from ours by more than the limit. */
  CLOCK_SKEW(8),
  /** The corrected time lay in the future and was set to the time of receipt. */
  FUTURE_CLAMPED(16),
  /** The card was revoked after this scan was captured. */
  REVOKED_LATER(32),
  /** The QR expired after this scan was captured, before it reached us. */
  EXPIRED_LATER(64),
  /** Too old to be news: recorded, told to nobody. */
  STALE(128),
  /** The pupil was made inactive after this scan was captured. */
  INACTIVE_LATER(256);

  private final int bit;

  ScanFlag(int bit) {
    this.bit = bit;
  }

  public int bit() {
    return bit;
  }

  /** The bits of a set of flags. */
  public static int bits(Collection<ScanFlag> flags) {
    return flags.stream().mapToInt(ScanFlag::bit).reduce(0, (a, b) -> a | b);
  }

  /** The flags whose bits are set, in declaration order. */
  public static List<ScanFlag> of(int bits) {
    if (bits == 0) {
      return List.of();
    }
    return Arrays.stream(values()).filter(flag -> (bits & flag.bit) != 0).toList();
  }
}
