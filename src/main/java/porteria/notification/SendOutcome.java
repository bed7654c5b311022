package porteria.notification;

import java.time.Duration;
import java.util.Optional;
import porteria.domain.FailureClass;

/** What came of one provider call. Details are for the record and the log: they name nobody. */
sealed interface SendOutcome {

  /** The provider took it. */
  record Sent(String providerMessageId) implements SendOutcome {}

  /**
   * The provider certainly did not take it, or we did not offer it.
   *
   * @param code of the provider, or ours when it was refused before sending
   * @param after how long the provider asked to be left alone
   */
  record Failed(FailureClass failureClass, String code, String detail, Optional<Duration> after)
      implements SendOutcome {

    Failed(FailureClass failureClass, String code, String detail) {
      this(failureClass, code, detail, Optional.empty());
    }

    /** What we will not offer to any provider as it is. */
    static Failed unfit(String detail) {
      return new Failed(FailureClass.OUR_MISTAKE, "NOT_SENDABLE", detail);
    }
  }

  /** Nobody knows: the family may have been told. */
  record Unknown(String why) implements SendOutcome {}
}
