package porteria.absence;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What a guardian asks for.
 *
 * @param from the first day of absence
 * @param to the last day of absence
 * @param note the guardian's own words
 */
public record AbsenceWish(
    UUID studentId, AbsenceType type, LocalDate from, LocalDate to, Optional<String> note) {

  /** Its words stay out of logs. */
  @Override
  public String toString() {
    return "AbsenceWish[" + studentId + "]";
  }
}
