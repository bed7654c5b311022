package porteria.bus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import porteria.domain.Channel;

/** What became of each message of a broadcast. */
public record BroadcastReport(List<Line> lines) {

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
