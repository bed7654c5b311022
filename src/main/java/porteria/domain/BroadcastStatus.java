package porteria.domain;

/** Where a broadcast stands. */
public enum BroadcastStatus {
  /** Whom it would reach is frozen; nothing is sent. */
  PREVIEW,
  /** Somebody said so; messages are on their way. */
  SENDING,
  /** Nothing of it is on its way any more. */
  SENT,
  /** It was stopped, before or while it was sent. */
  CANCELLED
}
