package porteria.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * When a scan happened: the kiosk's capture time, corrected by the error of its clock that the
 * sending revealed.
 *
 * <p>The skew is {@code received − sent}. It holds the time on the wire too, which is why a queue
 * that waited offline is not mistaken for a wrong clock: it is the time of <em>sending</em> that is
 * compared. Nothing is discarded for its time; a time in the future becomes the time of receipt,
 * one before 1970 the beginning of 1970.
 *
 * @param at the derived time, never after receipt
 * @param flags {@link ScanFlag#CLOCK_SKEW}, {@link ScanFlag#FUTURE_CLAMPED} where they apply
 */
public record Occurrence(Instant at, Set<ScanFlag> flags) {

  public Occurrence {
    flags = Set.copyOf(flags);
  }

  /**
   * Corrects a capture time by the skew that the sending revealed.
   *
   * @param captured kiosk clock at the scan; without it the sending time stands for it
   * @param sent kiosk clock at sending; without it the kiosk's clock is believed
   * @param received our clock
   * @param skewLimit above it, in either direction, the skew is flagged
   */
  public static Occurrence derive(
      Optional<Instant> captured, Optional<Instant> sent, Instant received, Duration skewLimit) {
    Duration skew = sent.map(s -> Duration.between(s, received)).orElse(Duration.ZERO);
    Instant corrected = captured.or(() -> sent).map(c -> c.plus(skew)).orElse(received);
    EnumSet<ScanFlag> flags = EnumSet.noneOf(ScanFlag.class);
    if (skew.abs().compareTo(skewLimit) > 0) {
      flags.add(ScanFlag.CLOCK_SKEW);
    }
    if (corrected.isBefore(Instant.EPOCH)) {
      corrected = Instant.EPOCH;
    }
    if (corrected.isAfter(received)) {
      flags.add(ScanFlag.FUTURE_CLAMPED);
      corrected = received;
    }
    return new Occurrence(corrected, flags);
  }
}
