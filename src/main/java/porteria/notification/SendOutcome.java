package porteria.notification;

import java.time.Duration;
import java.util.Optional;

/** What came of one provider call. Details are for the record and the log: they name nobody. */
sealed interface SendOutcome {

  /** The provider took it. */
  record Sent(String providerMessageId) implements SendOutcome {}

  /**
   * The provider refused this message for good.
   *
   * @param code of the provider, or ours when it was refused before sending
   */
  record Refused(String code, String detail) implements SendOutcome {}

  /**
   * The provider certainly did not take it, and may later.
   *
   * @param after how long the provider asked to be left alone
   */
  record NotNow(String code, Optional<Duration> after) implements SendOutcome {}

  /** Nobody knows: the family may have been told. */
  record Unknown(String why) implements SendOutcome {}
}
