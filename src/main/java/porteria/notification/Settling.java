package porteria.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import porteria.domain.FailureClass;

/** What follows from an outcome: by the class of a failure, see {@code FailureClass}. */
final class Settling {

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  /** For what was refused by something paused that was resumed meanwhile. */
  private static final Duration RESUME_DELAY = Duration.ofSeconds(1);

  /** WhatsApp asks for pauses of 4^n seconds after the nth message too many to one recipient. */
  private static final int PAIR_BASE = 4;

  private static final int LONGEST_PAIR_POWER = 6;

  private static final int LONGEST_ERROR = 300;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\ud800-\\udfff]");

  private final Duration reconcileAfter;
  private final RandomGenerator random;

  /**
   * @param reconcileAfter how long the provider is given to say what came of a message
   */
  Settling(Duration reconcileAfter, RandomGenerator random) {
    this.reconcileAfter = reconcileAfter;
    this.random = random;
  }

  /**
   * Decides what is written about a message that was not offered to the provider. A broadcast that
   * the day's people do not hold waits for tomorrow's; what is told of a child does not wait.
   */
  Settlement unoffered(ClaimedMessage message, SendOutcome.Failed why, Instant now) {
    if (why.failureClass() == FailureClass.USER_CAP && message.isBroadcast()) {
      return Settlement.parked(message, null, why.failureClass(), words(why));
    }
    Settlement settled = failed(message, why, now);
    return settled.status() == Settlement.Status.PARKED
        ? Settlement.parked(message, null, why.failureClass(), words(why))
        : settled;
  }

  /** Decides what is written about a message now that was offered to the provider. */
  Settlement settle(ClaimedMessage message, SendOutcome outcome, Instant now) {
    return switch (outcome) {
      case SendOutcome.Sent sent -> Settlement.sent(message, now, sent.providerMessageId());
      case SendOutcome.Unknown unknown ->
          Settlement.unknown(message, now.plus(reconcileAfter), unknown.why());
      case SendOutcome.Failed failed -> failed(message, failed, now);
    };
  }

  private Settlement failed(ClaimedMessage message, SendOutcome.Failed failed, Instant now) {
    FailureClass kind = failed.failureClass();
    return switch (kind) {
      case TRANSIENT -> later(message, failed, backOff(message.attempt()), now);
      case SENDER_RATE -> later(message, failed, senderPause(failed), now);
      case PAIR_RATE -> later(message, failed, pairPause(message.attempt()), now);
      case QUALITY, TEMPLATE, ACCOUNT ->
          Settlement.parked(message, now.plus(RESUME_DELAY), kind, words(failed));
      case USER_CAP, RECIPIENT, OUR_MISTAKE, NOT_WANTED, STALE, UNKNOWN ->
          Settlement.failed(message, kind, words(failed));
    };
  }

  private Settlement later(
      ClaimedMessage message, SendOutcome.Failed failed, Duration own, Instant now) {
    Duration asked = failed.after().orElse(Duration.ZERO);
    Instant next = now.plus(asked.compareTo(own) > 0 ? asked : own);
    return next.isAfter(message.giveUpAt())
        ? Settlement.failed(message, FailureClass.STALE, "stale after " + failed.code())
        : Settlement.again(message, next, failed.failureClass(), failed.code());
  }

  /** How long nothing is sent from an account that was told that it sends too fast. */
  static Duration senderPause(SendOutcome.Failed failed) {
    return failed.after().orElse(FIRST_DELAY);
  }

  /**
   * Doubles with every attempt up to a minute; of that between a half and all, so that what failed
   * together does not come back together.
   */
  private Duration backOff(int attempt) {
    Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(attempt - 1, 10));
    long most = (doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY).toMillis();
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }

  private static Duration pairPause(int attempt) {
    return Duration.ofSeconds((long) Math.pow(PAIR_BASE, Math.min(attempt, LONGEST_PAIR_POWER)));
  }

  /** What the provider said, without what a database cannot keep and a log should not. */
  private static String words(SendOutcome.Failed failed) {
    String said =
        failed.detail().isEmpty() ? failed.code() : failed.code() + ": " + failed.detail();
    return printable(said);
  }

  static String printable(String said) {
    String printable = CONTROL.matcher(said).replaceAll(" ");
    return printable.substring(0, Math.min(printable.length(), LONGEST_ERROR));
  }
}
