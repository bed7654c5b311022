package porteria.http.page;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Numbers, counted things, days and times in the words of the page's reader. */
final class Phrases {

  private final Map<String, String> texts;
  private final SchoolTime time;
  private final Locale locale;

  /**
   * As somebody reads them now.
   *
   * @param texts of the reader's language
   * @param zone of the school
   */
  Phrases(Map<String, String> texts, ZoneId zone, Instant now) {
    this.texts = texts;
    this.time = new SchoolTime(texts, zone, now);
    this.locale = Locale.forLanguageTag(of("lang"));
  }

  /** The text of a key, which exists. */
  String of(String key) {
    return Objects.requireNonNull(texts.get(key), key);
  }

  /** The word for one of a list; for one that the list does not know its general word. */
  String of(String list, String member) {
    return Objects.requireNonNullElseGet(texts.get(list + "." + member), () -> of(list + ".other"));
  }

  /** The text of a key with one place filled. */
  String with(String key, String place, String words) {
    return of(key).replace("{" + place + "}", words);
  }

  Locale locale() {
    return locale;
  }

  /** Such as "1.204 familias": the text of {@code key.one} or {@code key.other}. */
  String counted(String key, long count) {
    return with(key + (count == 1 ? ".one" : ".other"), "count", number(count));
  }

  /** Whether there are words for counting so. */
  boolean counts(String key) {
    return texts.containsKey(key + ".other");
  }

  /** Such as "1.204". */
  String number(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  /** Such as "8,3". */
  String decimal(double number) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(1);
    return format.format(number);
  }

  /** The day that it is at the school. */
  LocalDate today() {
    return time.today();
  }

  /** Such as "07:52". */
  String time(Instant at) {
    return time.time(at);
  }

  /** Such as "hoy, 07:52" or "vie 12 jun, 07:52". */
  String when(Instant at) {
    return time.when(at);
  }

  /** Such as "viernes 12 de junio". */
  String day(LocalDate day) {
    return format(of(sameYear(day) ? "phrase.day" : "phrase.day.year")).format(day);
  }

  /** Such as "junio de 2026". */
  String month(LocalDate day) {
    return format(of("phrase.month")).format(day);
  }

  /** Such as "menos de un minuto" or "unos 4 minutos". */
  String lasting(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 60) {
      return of("phrase.moment");
    }
    long minutes = Math.ceilDiv(seconds, 60L);
    return minutes < 90
        ? counted("phrase.minutes", minutes)
        : counted("phrase.hours", Math.ceilDiv(minutes, 60L));
  }

  private boolean sameYear(LocalDate day) {
    return day.getYear() == today().getYear();
  }

  private DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, locale);
  }
}
