package porteria.http.page;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import porteria.bus.ScheduleException;
import porteria.domain.EffectiveSchedule;
import porteria.domain.EffectiveSchedule.Sourced;
import porteria.roster.Course;
import porteria.roster.SchoolHours;

/** Says which hours hold, and what an exception changes. */
final class ScheduleWords {

  private static final int WEEK = 7;

  private ScheduleWords() {}

  /** The month in weeks that begin on Monday, each day with what is different on it. */
  static List<List<Map<String, Object>>> weeks(
      YearMonth month, List<ScheduleException> exceptions, Phrases phrases) {
    Map<LocalDate, List<ScheduleException>> byDay =
        exceptions.stream().collect(Collectors.groupingBy(ScheduleException::date));
    LocalDate first = month.atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    List<List<Map<String, Object>>> weeks = new ArrayList<>();
    for (LocalDate monday = first;
        !monday.isAfter(month.atEndOfMonth());
        monday = monday.plusDays(WEEK)) {
      LocalDate start = monday;
      weeks.add(
          IntStream.range(0, WEEK)
              .mapToObj(start::plusDays)
              .map(day -> day(day, month, byDay.getOrDefault(day, List.of()), phrases))
              .toList());
    }
    return weeks;
  }

  private static Map<String, Object> day(
      LocalDate day, YearMonth month, List<ScheduleException> changes, Phrases phrases) {
    return Map.of(
        "number", day.getDayOfMonth(),
        "date", day.toString(),
        "name", phrases.day(day),
        "inside", YearMonth.from(day).equals(month),
        "today", day.equals(phrases.today()),
        "past", day.isBefore(phrases.today()),
        "closed", changes.stream().anyMatch(each -> each.change().closed()),
        "changes", changes.size());
  }

  /** The names of the days of the week, from Monday on. */
  static List<Map<String, Object>> weekdays(Phrases phrases) {
    Locale locale = phrases.locale();
    return IntStream.range(0, WEEK)
        .mapToObj(each -> DayOfWeek.of(each + 1))
        .map(
            day ->
                Map.<String, Object>of(
                    "short", day.getDisplayName(TextStyle.SHORT_STANDALONE, locale),
                    "name", day.getDisplayName(TextStyle.FULL_STANDALONE, locale)))
        .toList();
  }

  /** What an exception says. */
  static Map<String, Object> exception(
      ScheduleException one, Map<UUID, String> courses, Phrases phrases) {
    return Map.of(
        "id",
        one.id().toString(),
        "date",
        one.date().toString(),
        "day",
        phrases.day(one.date()),
        "what",
        ChangedHours.change(
            one.change().closed(),
            one.change().inTime().map(LocalTime::toString),
            one.change().outTime().map(LocalTime::toString),
            phrases),
        "to",
        one.courseId()
            .map(course -> Objects.requireNonNullElse(courses.get(course), ""))
            .orElseGet(() -> phrases.of("broadcasts.to.all")),
        "reason",
        one.reason(),
        "past",
        one.date().isBefore(phrases.today()));
  }

  /** The usual week of each course. */
  static List<Map<String, Object>> base(List<Course> courses, List<SchoolHours> usual) {
    Map<UUID, List<SchoolHours>> byCourse =
        usual.stream().collect(Collectors.groupingBy(SchoolHours::courseId));
    return courses.stream()
        .map(
            course ->
                Map.<String, Object>of(
                    "id",
                    course.id().toString(),
                    "name",
                    course.name(),
                    "days",
                    days(byCourse.getOrDefault(course.id(), List.of()))))
        .toList();
  }

  /** Seven days from Monday on; a day off has no times. */
  static List<Map<String, Object>> days(List<SchoolHours> usual) {
    return IntStream.range(0, WEEK)
        .mapToObj(
            weekday ->
                usual.stream()
                    .filter(each -> each.weekday() == weekday)
                    .findFirst()
                    .map(
                        each ->
                            Map.<String, Object>of(
                                "in",
                                each.span().in().toString(),
                                "out",
                                each.span().out().toString()))
                    .orElse(Map.of("in", "", "out", "")))
        .toList();
  }

  /** Before and after of each course that an exception changes. */
  static List<Map<String, Object>> effects(
      List<Course> courses, ScheduleDay before, ScheduleDay after, Phrases phrases) {
    List<Map<String, Object>> effects = new ArrayList<>();
    for (Course course : courses) {
      String was = hours(before.hours(course.id()), phrases);
      String becomes = hours(after.hours(course.id()), phrases);
      if (!was.equals(becomes)) {
        Map<String, Object> effect = new HashMap<>();
        effect.put("course", course.name());
        effect.put("before", was);
        effect.put("after", becomes);
        effects.add(effect);
      }
    }
    return effects;
  }

  private static String hours(EffectiveSchedule schedule, Phrases phrases) {
    if (!schedule.expectsPupils()) {
      return phrases.of("schedules.none");
    }
    return time(schedule.inTime()) + " – " + time(schedule.outTime());
  }

  private static String time(Optional<Sourced> time) {
    return time.map(said -> said.time().toString()).orElse("…");
  }
}
