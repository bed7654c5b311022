package porteria.embedded.morning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of one request of a kiosk. */
sealed interface Reply {
  /** The server's verdicts, one for each scan of the request, in their order. */
  record Judged(List<Verdict> verdicts) implements Reply {}

  /**
   * The scans are as they were, or their answer is lost: the same must be sent again.
   *
   * @param retryAfter how long the server asks to be left alone, if it does
   */
  record Later(Optional<Duration> retryAfter) implements Reply {}

  /**
   * The server does not take this kiosk's token: it knows it no longer (401), or not for this
   * (403). It has judged no scan, and no further attempt will change its mind.
   */
  record Unwelcome(int status) implements Reply {}

  /** What the server made of one scan. */
  sealed interface Verdict {
    /** That scan needs nothing more. */
    record Final(Answer answer) implements Verdict {}

    /** That scan must be sent again. */
    record Retry() implements Verdict {}
  }
}
