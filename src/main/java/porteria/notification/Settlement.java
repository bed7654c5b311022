package porteria.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import porteria.domain.FailureClass;

/**
 * What is written about a message that was offered to a provider.
 *
 * @param dueAt when it is looked at again; only with {@link Status#QUEUED}, {@link Status#UNKNOWN}
 *     and {@link Status#PARKED}, of which it holds if what refused it is resumed already; null when
 *     it stays due as it was
 * @param sentAt when the provider took it; only with {@link Status#SENT}
 * @param failureClass null with {@link Status#SENT} alone
 */
record Settlement(
    ClaimedMessage message,
    Status status,
    @Nullable Instant dueAt,
    @Nullable Instant sentAt,
    @Nullable String providerMessageId,
    @Nullable FailureClass failureClass,
    @Nullable String error) {

  /** Where a message goes from SENDING. */
  enum Status {
    QUEUED,
    /** Waits until what is paused is resumed. */
    PARKED,
    /** Waits for the provider's word. */
    UNKNOWN,
    SENT,
    FAILED
  }

  static Settlement sent(ClaimedMessage message, Instant at, String providerMessageId) {
    return new Settlement(message, Status.SENT, null, at, providerMessageId, null, null);
  }

  static Settlement again(
      ClaimedMessage message, Instant dueAt, FailureClass failureClass, String error) {
    return new Settlement(message, Status.QUEUED, dueAt, null, null, failureClass, error);
  }

  static Settlement parked(
      ClaimedMessage message, @Nullable Instant dueAt, FailureClass failureClass, String error) {
    return new Settlement(message, Status.PARKED, dueAt, null, null, failureClass, error);
  }

  static Settlement unknown(ClaimedMessage message, Instant dueAt, String error) {
    return new Settlement(message, Status.UNKNOWN, dueAt, null, null, FailureClass.UNKNOWN, error);
  }

  static Settlement failed(ClaimedMessage message, FailureClass failureClass, String error) {
    return new Settlement(message, Status.FAILED, null, null, null, failureClass, error);
  }
}
