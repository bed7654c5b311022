package porteria.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A calendar day where the school is: from its midnight to the next, 23 to 25 hours when the clocks
 * change.
 *
 * @param start first instant of the day
 * @param end first instant of the following day
 */
public record SchoolDay(LocalDate date, Instant start, Instant end) {

  public static SchoolDay of(LocalDate date, ZoneId zone) {
    return new SchoolDay(
        date, date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  public static SchoolDay at(Instant instant, ZoneId zone) {
    return of(LocalDate.ofInstant(instant, zone), zone);
  }
}
