package porteria.http.page;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Days and times in the reader's words, as the school's clock shows them. */
final class SchoolTime {

  private static final int ALSO_AGO_MINUTES = 60;

  private final Map<String, String> texts;
  private final ZoneId zone;
  private final Instant now;
  private final Locale locale;

  /**
   * As somebody reads them now.
   *
   * @param texts of the reader's language
   */
  SchoolTime(Map<String, String> texts, ZoneId zone, Instant now) {
    this.texts = texts;
    this.zone = zone;
    this.now = now;
    this.locale = Locale.forLanguageTag(word("lang"));
  }

  /** The day that it is at the school. */
  LocalDate today() {
    return LocalDate.ofInstant(now, zone);
  }

  /** The day of a moment at the school. */
  LocalDate dayOf(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }

  /** When a day begins at the school. */
  Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** The Monday of a day's week. */
  LocalDate mondayOf(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  /** Such as "lun". */
  String weekday(LocalDate day) {
    return format("EEE").format(day);
  }

  /** Such as "07:52". */
  String time(Instant at) {
    return format("HH:mm").withZone(zone).format(at);
  }

  /** Such as "hoy, 07:52" or "9 jun, 07:52". */
  String when(Instant at) {
    return day(dayOf(at)) + ", " + time(at);
  }

  /** Such as "hoy", "ayer", "vie 12 jun"; with its year where that is another. */
  String day(LocalDate day) {
    long away = ChronoUnit.DAYS.between(today(), day);
    if (away >= -1 && away <= 1) {
      return word(away == 0 ? "day.today" : away < 0 ? "day.yesterday" : "day.tomorrow");
    }
    return format(day.getYear() == today().getYear() ? "EEE d MMM" : "d MMM yyyy").format(day);
  }

  /** Such as "12 de junio de 2026", as messages write it. */
  String date(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day);
  }

  /** Such as "hace 2 min"; what is longer ago is told by its time. */
  String ago(Instant at) {
    long minutes = Duration.between(at, now).toMinutes();
    if (minutes < 1) {
      return word("time.just-now");
    }
    return minutes < ALSO_AGO_MINUTES
        ? word("time.minutes-ago").replace("{count}", Long.toString(minutes))
        : when(at);
  }

  private DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, locale);
  }

  private String word(String key) {
    return Objects.requireNonNull(texts.get(key), key);
  }
}
