package porteria.http.page;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.absence.AbsenceRequest;
import porteria.absence.AbsenceStatus;
import porteria.bus.EventPage;
import porteria.bus.ScheduleException;
import porteria.domain.EffectiveSchedule;
import porteria.roster.SchoolHours;

/** Says what the days of one month were like for a child. */
final class FamilyMonth {

  private static final int DAYS_A_WEEK = 7;

  private final YearMonth month;
  private final UUID course;
  private final Phrases phrases;
  private final Map<LocalDate, List<EventPage.Item>> events;
  private final LocalDate known;
  private final List<AbsenceRequest> absences;
  private final List<SchoolHours> usual;
  private final List<ScheduleException> exceptions;

  /** What a day was. */
  private enum Kind {
    /** On which the child passed a gate. */
    IN,
    /** With an absence that the school approved. */
    EXCUSED,
    /** On which the school was closed although its weekday is none of rest. */
    CLOSED,
    /** Of classes, over, and without any. */
    NONE,
    /** On which nothing was expected, or which is still to come. */
    FREE
  }

  /**
   * A month of a pupil of this course.
   *
   * @param events of the month, annulled ones too
   * @param knownBefore whether there are events before it; else nothing is missing before the first
   */
  FamilyMonth(
      YearMonth month,
      UUID course,
      ZoneId zone,
      Phrases phrases,
      List<EventPage.Item> events,
      boolean knownBefore,
      List<AbsenceRequest> absences,
      List<SchoolHours> usual,
      List<ScheduleException> exceptions) {
    this.month = month;
    this.course = course;
    this.phrases = phrases;
    this.events =
        events.stream()
            .collect(Collectors.groupingBy(event -> LocalDate.ofInstant(event.occurredAt(), zone)));
    this.known =
        knownBefore
            ? month.atDay(1)
            : this.events.keySet().stream()
                .min(Comparator.naturalOrder())
                .orElse(month.plusMonths(1).atDay(1));
    this.absences = absences;
    this.usual = usual;
    this.exceptions = exceptions;
  }

  /**
   * What the template needs.
   *
   * @param wanted the day to tell in full; else today, or the last one that there is something of
   */
  Map<String, Object> model(Optional<LocalDate> wanted) {
    LocalDate today = phrases.today();
    LocalDate chosen =
        wanted
            .filter(day -> YearMonth.from(day).equals(month) && !day.isAfter(today))
            .orElseGet(
                () ->
                    events.keySet().stream()
                        .max(Comparator.naturalOrder())
                        .filter(last -> !YearMonth.from(today).equals(month))
                        .orElse(YearMonth.from(today).equals(month) ? today : month.atDay(1)));
    Map<String, Object> model = new HashMap<>();
    model.put("month", phrases.month(month.atDay(1)));
    model.put("at", month.toString());
    model.put("before", month.minusMonths(1).toString());
    if (month.isBefore(YearMonth.from(today))) {
      model.put("after", month.plusMonths(1).toString());
    }
    model.put("weekdays", ScheduleWords.weekdays(phrases));
    model.put("weeks", weeks(chosen));
    model.put("sums", sums());
    model.put("empty", events.isEmpty());
    model.put("day", day(chosen));
    return model;
  }

  private List<List<Map<String, Object>>> weeks(LocalDate chosen) {
    List<List<Map<String, Object>>> weeks = new ArrayList<>();
    LocalDate monday = month.atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    while (!monday.isAfter(month.atEndOfMonth())) {
      LocalDate next = monday.plusDays(DAYS_A_WEEK);
      weeks.add(monday.datesUntil(next).map(day -> cell(day, chosen)).toList());
      monday = next;
    }
    return weeks;
  }

  private Map<String, Object> cell(LocalDate day, LocalDate chosen) {
    Map<String, Object> cell = new HashMap<>();
    cell.put("inside", YearMonth.from(day).equals(month));
    cell.put("date", day.toString());
    cell.put("number", day.getDayOfMonth());
    cell.put("name", phrases.day(day));
    cell.put("today", day.equals(phrases.today()));
    cell.put("ahead", day.isAfter(phrases.today()));
    cell.put("chosen", day.equals(chosen));
    Kind kind = kind(day);
    cell.put("kind", kind.name().toLowerCase(Locale.ROOT));
    first(day).ifPresent(time -> cell.put("time", time));
    return cell;
  }

  private Kind kind(LocalDate day) {
    if (first(day).isPresent()) {
      return Kind.IN;
    }
    if (absences.stream()
        .anyMatch(each -> each.status() == AbsenceStatus.APPROVED && covers(each, day))) {
      return Kind.EXCUSED;
    }
    EffectiveSchedule hours = hours(day);
    if (hours.closed()) {
      return Kind.CLOSED;
    }
    boolean missed = hours.expectsPupils() && day.isBefore(phrases.today()) && !day.isBefore(known);
    return missed ? Kind.NONE : Kind.FREE;
  }

  /** How many days there were of each kind; those that did not occur are left out. */
  private List<Map<String, Object>> sums() {
    Map<Kind, Long> counts =
        month
            .atDay(1)
            .datesUntil(month.plusMonths(1).atDay(1))
            .filter(day -> !day.isAfter(phrases.today()))
            .collect(Collectors.groupingBy(this::kind, Collectors.counting()));
    List<Map<String, Object>> sums = new ArrayList<>();
    for (Kind kind : List.of(Kind.IN, Kind.EXCUSED, Kind.NONE)) {
      long count = counts.getOrDefault(kind, 0L);
      String name = kind.name().toLowerCase(Locale.ROOT);
      if (count > 0) {
        sums.add(Map.of("kind", name, "text", phrases.counted("family.days." + name, count)));
      }
    }
    return sums;
  }

  /** One day in full. */
  private Map<String, Object> day(LocalDate day) {
    Map<String, Object> model = new HashMap<>();
    model.put("name", phrases.day(day));
    model.put("today", day.equals(phrases.today()));
    model.put("kind", kind(day).name().toLowerCase(Locale.ROOT));
    model.put(
        "events",
        of(day).stream()
            .sorted(Comparator.comparing(EventPage.Item::occurredAt))
            .map(event -> FamilyPage.event(event, phrases))
            .toList());
    model.put(
        "absences",
        absences.stream()
            .filter(each -> covers(each, day))
            .filter(each -> each.status() != AbsenceStatus.WITHDRAWN)
            .map(
                each ->
                    Map.of(
                        "type", phrases.of("absences.type." + each.wish().type()),
                        "status", each.status().name()))
            .toList());
    exceptions.stream()
        .filter(each -> each.date().equals(day))
        .filter(each -> each.courseId().filter(only -> !only.equals(course)).isEmpty())
        .filter(each -> each.change().closed() && hours(day).closed())
        .max(Comparator.comparing(each -> each.courseId().isPresent()))
        .ifPresent(each -> model.put("closed", each.reason()));
    return model;
  }

  /** When the child passed a gate first; who forgets the card in the morning shows it at noon. */
  private Optional<String> first(LocalDate day) {
    return of(day).stream()
        .filter(event -> event.annulledAt().isEmpty())
        .map(EventPage.Item::occurredAt)
        .min(Comparator.naturalOrder())
        .map(phrases::time);
  }

  private List<EventPage.Item> of(LocalDate day) {
    return events.getOrDefault(day, List.of());
  }

  private EffectiveSchedule hours(LocalDate day) {
    List<ScheduleException> said =
        exceptions.stream().filter(each -> each.date().equals(day)).toList();
    return ScheduleDay.of(day, usual, said).hours(course);
  }

  private static boolean covers(AbsenceRequest request, LocalDate day) {
    return !day.isBefore(request.wish().from()) && !day.isAfter(request.wish().to());
  }
}
