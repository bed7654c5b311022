package porteria.domain;

/** Why a message could not be told, by what is to be done about it. */
public enum FailureClass {
  /** The provider is in trouble: the same message may be accepted later. */
  TRANSIENT,
  /** The account sends faster than it may. */
  SENDER_RATE,
  /** This recipient was written to too often in a short time. */
  PAIR_RATE,
  /** Families complained: the sending number must rest. */
  QUALITY,
  /** The provider will not bring this recipient more within a day. */
  USER_CAP,
  /** The recipient cannot be reached at this address. */
  RECIPIENT,
  /** The message is not as the provider wants it: an engineer must look at it. */
  OUR_MISTAKE,
  /** The provider has paused or disabled the template. */
  TEMPLATE,
  /** The account may not send: an operator must look at it. */
  ACCOUNT,
  /** Nobody at this address wants it any more. */
  NOT_WANTED,
  /** It waited until it was no news any more. */
  STALE,
  /** Nobody ever learnt what came of it. */
  UNKNOWN
}
