package porteria.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What follows from an outcome. */
final class Settling {

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private static final int LONGEST_ERROR = 300;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\ud800-\\udfff]");

  private final Duration staleAfter;

  /**
   * @param staleAfter a message that could not be sent for so long is given up
   */
  Settling(Duration staleAfter) {
    this.staleAfter = staleAfter;
  }

  /**
   * Decides what is written about a message now.
   *
   * @return empty when nobody knows the outcome: the message keeps its lease, so that whoever finds
   *     it expired decides
   */
  Optional<Settlement> settle(ClaimedMessage message, SendOutcome outcome, Instant now) {
    return switch (outcome) {
      case SendOutcome.Sent sent ->
          Optional.of(Settlement.sent(message, now, sent.providerMessageId()));
      case SendOutcome.Refused refused ->
          Optional.of(
              Settlement.failed(message, shortened(refused.code() + ": " + refused.detail())));
      case SendOutcome.NotNow notNow -> Optional.of(later(message, notNow, now));
      case SendOutcome.Unknown unknown -> Optional.empty();
    };
  }

  private Settlement later(ClaimedMessage message, SendOutcome.NotNow notNow, Instant now) {
    Duration asked = notNow.after().orElse(Duration.ZERO);
    Duration own = delay(message.attempt());
    Instant next = now.plus(asked.compareTo(own) > 0 ? asked : own);
    return next.isAfter(message.owedSince().plus(staleAfter))
        ? Settlement.failed(message, "stale after " + notNow.code())
        : Settlement.again(message, next, notNow.code());
  }

  /** Doubles with every attempt, up to a minute. */
  private static Duration delay(int attempt) {
    Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(attempt - 1, 10));
    return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
  }

  /** What the provider said, without what a database cannot keep and a log should not. */
  private static String shortened(String error) {
    String printable = CONTROL.matcher(error).replaceAll(" ");
    return printable.substring(0, Math.min(printable.length(), LONGEST_ERROR));
  }
}
