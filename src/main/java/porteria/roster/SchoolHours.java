package porteria.roster;

import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/**
 * The usual hours of a course on one weekday, by the school's clock.
 *
 * @param weekday 0 is Monday
 */
public record SchoolHours(UUID id, UUID courseId, int weekday, Span span) {

  /** From entry to exit. */
  public record Span(LocalTime in, LocalTime out) {

    /**
     * Checks the order.
     *
     * @throws porteria.domain.FailureException INVALID_REQUEST when it ends before it begins
     */
    public Span {
      if (!in.isBefore(out)) {
        throw new Failure(
                Failure.Kind.INVALID_REQUEST,
                "The hours cannot be.",
                List.of(new FieldError("/out_time", "allowed is a time after in_time")))
            .asException();
      }
    }
  }
}
