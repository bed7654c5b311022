package porteria.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/** Times as they stand in requests: RFC 3339. */
final class Times {

  private static final Pattern YEAR = Pattern.compile("\\d{4}-");

  private Times() {}

  /**
   * Reads a time.
   *
   * @param pointer where it stood, for the error
   * @throws porteria.domain.FailureException INVALID_REQUEST when it is not one
   */
  static Instant parse(String pointer, String text) {
    try {
      if (!YEAR.matcher(text).lookingAt()) {
        throw new DateTimeException("RFC 3339 years have four digits");
      }
      return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
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
}
