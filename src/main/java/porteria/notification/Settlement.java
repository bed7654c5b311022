package porteria.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is written about a message whose outcome is known.
 *
 * @param dueAt when it is tried again; only with {@link Status#QUEUED}
 * @param sentAt when the provider took it; only with {@link Status#SENT}
 */
record Settlement(
    ClaimedMessage message,
    Status status,
    @Nullable Instant dueAt,
    @Nullable Instant sentAt,
    @Nullable String providerMessageId,
    @Nullable String error) {

  /** Where a message goes from SENDING. */
  enum Status {
    QUEUED,
    SENT,
    FAILED
  }

  static Settlement sent(ClaimedMessage message, Instant at, String providerMessageId) {
    return new Settlement(message, Status.SENT, null, at, providerMessageId, null);
  }

  static Settlement again(ClaimedMessage message, Instant dueAt, String error) {
    return new Settlement(message, Status.QUEUED, dueAt, null, null, error);
  }

  static Settlement failed(ClaimedMessage message, String error) {
    return new Settlement(message, Status.FAILED, null, null, null, error);
  }
}
