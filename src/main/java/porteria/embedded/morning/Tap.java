package porteria.embedded.morning;

import java.time.Duration;
import porteria.domain.ScanType;

/**
 * A card is held to a reader.
 *
 * @param at since the morning began
 * @param kiosk which one, counted from zero
 */
record Tap(Duration at, int kiosk, Card card, ScanType type, Twist twist) {
  /** What goes wrong with it, by intention. */
  enum Twist {
    NONE,
    /** The kiosk never saw the answer and sends the scan again. */
    SENT_AGAIN,
    /** The kiosk then sends another scan under the same number. */
    KEY_REUSED,
    /** Broken record in the kiosk's queue: a number below zero. */
    NEGATIVE_SEQ,
    /** Broken record in the kiosk's queue: a gate the school does not have. */
    UNKNOWN_GATE
  }

  Tap(Duration at, int kiosk, Card card, ScanType type) {
    this(at, kiosk, card, type, Twist.NONE);
  }

  Tap with(Twist other) {
    return new Tap(at, kiosk, card, type, other);
  }

  Expected expected() {
    return switch (twist) {
      case NONE, SENT_AGAIN, KEY_REUSED -> card.expected();
      case NEGATIVE_SEQ, UNKNOWN_GATE -> Expected.INVALID;
    };
  }
}
