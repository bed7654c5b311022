package porteria.bus;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import porteria.domain.BroadcastType;
import porteria.domain.Channel;

/**
 * Freezes whom a broadcast would reach; sends nothing.
 *
 * @param courseId the whole school when empty
 * @param exceptionId the exception to the hours that is told; scope and words are its own then
 * @param channels by which families may be told first; all that the type allows when empty
 */
public record PreviewBroadcast(
    ByStaff by,
    BroadcastType type,
    Optional<UUID> courseId,
    Optional<UUID> exceptionId,
    Set<Channel> channels,
    Text text) {

  public PreviewBroadcast {
    channels = Set.copyOf(channels);
  }

  /** What is told, as far as it is given. */
  public record Text(
      Optional<LocalDate> date,
      Optional<LocalTime> inTime,
      Optional<LocalTime> outTime,
      boolean closed,
      Optional<String> reason,
      Optional<String> subject,
      Optional<String> text) {

    /** Nothing. */
    public static final Text NONE =
        new Text(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** Of an exception to the hours. */
  public static PreviewBroadcast of(ByStaff by, UUID exceptionId) {
    return new PreviewBroadcast(
        by,
        BroadcastType.CAMBIO_HORARIO,
        Optional.empty(),
        Optional.of(exceptionId),
        Set.of(),
        Text.NONE);
  }
}
