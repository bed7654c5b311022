package porteria.http;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/** Times and dates as they stand in requests: RFC 3339. */
final class Times {

  private Times() {}

  /**
   * Reads a time.
   *
   * @param pointer where it stood, for the error
   * @throws porteria.domain.FailureException INVALID_REQUEST when it is not one
   */
  static Instant parse(String pointer, String text) {
    try {
      return ITU.parseDateTime(text).toInstant();
    } catch (DateTimeException notATime) {
      throw new Failure(
              Failure.Kind.INVALID_REQUEST,
              "A time is not valid.",
              List.of(
                  new FieldError(
                      pointer,
                      "allowed is RFC 3339 with an offset, such as 2026-03-02T07:52:11-03:00")))
          .asException();
    }
  }

  /**
   * Reads what stands under {@code date}.
   *
   * @throws porteria.domain.FailureException INVALID_REQUEST when it is not one
   */
  static LocalDate date(String text) {
    return date("date", text);
  }

  /**
   * Reads a date.
   *
   * @throws porteria.domain.FailureException INVALID_REQUEST when it is not one
   */
  static LocalDate date(String pointer, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notADay) {
      throw new Failure(
              Failure.Kind.INVALID_REQUEST,
              "The date is not valid.",
              List.of(new FieldError(pointer, "allowed is a day of the calendar, YYYY-MM-DD")))
          .asException();
    }
  }
}
