package porteria.domain;

/** Where a message to a family stands. */
public enum NotificationStatus {
  /** Waits until it is due and a sender is free. */
  QUEUED,
  /** A sender has it. */
  SENDING,
  /** A sender had it, and nobody learnt what came of it yet. */
  UNKNOWN,
  /** Waits until what it needs may be used again: the account, the number or the template. */
  PARKED,
  /** The provider took it. */
  SENT,
  /** It reached the family's device. */
  DELIVERED,
  /** The family opened it. */
  READ,
  /** It was given up: a dead letter. */
  FAILED,
  /** What it told was taken back before it was sent. */
  CANCELLED
}
