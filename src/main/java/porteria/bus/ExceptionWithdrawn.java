package porteria.bus;

import java.util.List;

/**
 * An exception was taken back.
 *
 * @param stopped broadcasts that told of it
 */
public record ExceptionWithdrawn(List<BroadcastStopped> stopped) {

  public ExceptionWithdrawn {
    stopped = List.copyOf(stopped);
  }
}
