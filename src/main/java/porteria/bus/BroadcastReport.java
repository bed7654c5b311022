package porteria.bus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;

/**
 * A page of what became of each message of a broadcast.
 *
 * @param next after which the next page begins; empty when there is none
 */
public record BroadcastReport(List<Line> lines, Optional<Place> next) {

  /** A line: a guardian has one a channel. */
  public record Place(UUID guardianId, Channel channel) {}

  public BroadcastReport {
    lines = List.copyOf(lines);
  }

  /**
   * One message.
   *
   * @param address masked
   * @param students names of the pupils it is about
   * @param instead whether it stands in for a WhatsApp message
   * @param status of the message; WAITING for one that is not queued yet
   */
  public record Line(
      Channel channel,
      String address,
      String language,
      String students,
      boolean instead,
      String status,
      Optional<String> failureClass,
      Optional<String> error,
      Optional<Instant> sentAt,
      Optional<Instant> deliveredAt) {

    /** Names nobody. */
    @Override
    public String toString() {
      return channel + " " + status;
    }
  }
}
