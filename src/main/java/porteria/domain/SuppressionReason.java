package porteria.domain;

/** Why an address of a school's families is not written to any more. */
public enum SuppressionReason {
  /** Whoever reads it asked us to stop; they may ask us to start again. */
  UNSUBSCRIBED,
  /** The mailbox does not exist, or takes no mail of ours. */
  BOUNCED,
  /** Whoever reads it called our mail spam. */
  COMPLAINED,
  /** Three messages in a row did not reach it. */
  UNREACHABLE
}
