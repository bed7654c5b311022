package porteria.absence;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/** Which days a request may be about. */
final class AbsenceBounds {

  static final int LONGEST_DAYS = 60;
  static final int MOST_DAYS_PAST = 30;
  static final int MOST_YEARS_AHEAD = 1;

  private AbsenceBounds() {}

  /**
   * Refuses days that no request may be about.
   *
   * @param today where the school is
   * @throws porteria.domain.FailureException INVALID_REQUEST, naming what is wrong
   */
  static void require(AbsenceWish wish, LocalDate today) {
    List<FieldError> errors = new ArrayList<>();
    LocalDate earliest = today.minusDays(MOST_DAYS_PAST);
    LocalDate latest = today.plusYears(MOST_YEARS_AHEAD);
    if (wish.from().isBefore(earliest) || wish.from().isAfter(latest)) {
      errors.add(
          new FieldError("/from", "allowed is a day from %s to %s".formatted(earliest, latest)));
    }
    if (wish.to().isBefore(wish.from())
        || ChronoUnit.DAYS.between(wish.from(), wish.to()) >= LONGEST_DAYS) {
      errors.add(
          new FieldError(
              "/to",
              "allowed is the day of from or a later one, %d days in all at most"
                  .formatted(LONGEST_DAYS)));
    }
    if (!errors.isEmpty()) {
      throw new Failure(
              Failure.Kind.INVALID_REQUEST, "The days of absence are not possible.", errors)
          .asException();
    }
  }
}
