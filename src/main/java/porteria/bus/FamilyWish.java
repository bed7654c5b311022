package porteria.bus;

import java.time.Instant;

/**
 * A family wrote back that it wants no more messages, or wants them again.
 *
 * @param messageId the provider's, of what the family wrote
 * @param phone as WhatsApp names it: digits with the country's code
 * @param saidAt when the family wrote it, by the provider
 */
public record FamilyWish(String messageId, String phone, Kind kind, Instant saidAt) {

  /** What is wished. */
  public enum Kind {
    STOP,
    START
  }

  /** The phone stays out of logs. */
  @Override
  public String toString() {
    return kind + " by " + messageId;
  }
}
