package porteria.http.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import porteria.bus.EventPage;
import porteria.domain.ScanType;

/** Says when a pupil came and went, today and on the days before. */
final class StudentDays {

  private static final int DAYS_A_WEEK = 7;

  private final Map<String, String> texts;
  private final SchoolTime time;

  StudentDays(Map<String, String> texts, SchoolTime time) {
    this.texts = texts;
    this.time = time;
  }

  /** Today's entries and exits, oldest first. */
  List<Map<String, Object>> today(List<EventPage.Item> events, Set<UUID> photos) {
    return events.stream()
        .filter(event -> time.dayOf(event.occurredAt()).equals(time.today()))
        .sorted(Comparator.comparing(EventPage.Item::occurredAt))
        .map(event -> line(event, photos))
        .toList();
  }

  private Map<String, Object> line(EventPage.Item event, Set<UUID> photos) {
    boolean in = event.type() == ScanType.IN;
    boolean annulled = event.annulledAt().isPresent();
    Map<String, Object> line = new HashMap<>();
    line.put("time", time.time(event.occurredAt()));
    line.put("icon", annulled ? "annulled" : in ? "in" : "left");
    line.put("what", text(in ? "live.in" : "live.out").replace("{gate}", event.gate()));
    line.put("annulled", annulled);
    line.put("flags", event.flags().stream().map(flag -> text("live.flag." + flag)).toList());
    if (photos.contains(event.eventId())) {
      line.put("photo", event.eventId().toString());
    }
    return line;
  }

  /** Where the pupil is now, as far as anybody knows. */
  Map<String, Object> state(List<EventPage.Item> events) {
    Optional<EventPage.Item> last =
        standing(events)
            .filter(event -> time.dayOf(event.occurredAt()).equals(time.today()))
            .max(Comparator.comparing(EventPage.Item::occurredAt));
    return last.map(
            event -> {
              boolean in = event.type() == ScanType.IN;
              return Map.<String, Object>of(
                  "icon", in ? "in" : "left",
                  "kind", in ? "in" : "left",
                  "text",
                      text(in ? "students.state.in" : "students.state.out")
                          .replace("{time}", time.time(event.occurredAt())));
            })
        .orElseGet(
            () -> Map.of("icon", "person", "kind", "none", "text", text("students.state.none")));
  }

  /** The names of the days of a week. */
  List<String> weekdays(LocalDate monday) {
    return monday.datesUntil(monday.plusDays(DAYS_A_WEEK)).map(time::weekday).toList();
  }

  /** A cell for each day from the first to the end of this week. */
  List<Map<String, Object>> calendar(List<EventPage.Item> events, LocalDate first) {
    Map<LocalDate, List<EventPage.Item>> byDay =
        standing(events).collect(Collectors.groupingBy(event -> time.dayOf(event.occurredAt())));
    List<Map<String, Object>> cells = new ArrayList<>();
    LocalDate end = time.mondayOf(time.today()).plusDays(DAYS_A_WEEK);
    first.datesUntil(end).forEach(day -> cells.add(cell(day, byDay.getOrDefault(day, List.of()))));
    return cells;
  }

  private Map<String, Object> cell(LocalDate day, List<EventPage.Item> events) {
    Map<String, Object> cell = new HashMap<>();
    cell.put("day", time.day(day));
    cell.put("number", Integer.toString(day.getDayOfMonth()));
    cell.put("today", day.equals(time.today()));
    cell.put("ahead", day.isAfter(time.today()));
    cell.put("weekend", day.getDayOfWeek().getValue() > 5);
    events.stream()
        .filter(event -> event.type() == ScanType.IN)
        .map(EventPage.Item::occurredAt)
        .min(Comparator.naturalOrder())
        .ifPresent(at -> cell.put("in", time.time(at)));
    events.stream()
        .filter(event -> event.type() == ScanType.OUT)
        .map(EventPage.Item::occurredAt)
        .max(Comparator.naturalOrder())
        .ifPresent(at -> cell.put("out", time.time(at)));
    return cell;
  }

  private static Stream<EventPage.Item> standing(List<EventPage.Item> events) {
    return events.stream().filter(event -> event.annulledAt().isEmpty());
  }

  private String text(String key) {
    return Objects.requireNonNull(texts.get(key), key);
  }
}
