package porteria.http.page;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.EventPage;
import porteria.bus.FindEvents;
import porteria.domain.ScanType;
import porteria.domain.SchoolDay;
import porteria.identity.ParentDirectory;
import porteria.identity.ParentDirectory.Child;
import porteria.identity.ParentDirectory.Guardian;
import porteria.identity.ParentSession;
import porteria.roster.ContactSuppression;
import porteria.roster.ContactSuppressions;
import porteria.roster.KeptContact;

/** What a guardian's page says: whether the chosen child is in, and the child's day. */
final class FamilyPage {

  private static final int MOST_EVENTS = 50;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd-MM-yyyy");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private final ParentDirectory directory;
  private final ContactSuppressions suppressions;
  private final Bus bus;
  private final InstantSource clock;

  FamilyPage(
      ParentDirectory directory, ContactSuppressions suppressions, Bus bus, InstantSource clock) {
    this.suppressions = suppressions;
    this.directory = directory;
    this.bus = bus;
    this.clock = clock;
  }

  /** What the template needs, and whose it is. */
  record Filled(Guardian guardian, Map<String, Object> model) {}

  /**
   * Fills the page of one session.
   *
   * @param wanted the id of a child; the first one's page is shown when it is none of theirs
   */
  Future<Filled> model(ParentSession session, String wanted) {
    Future<Guardian> guardian = directory.find(session);
    Future<List<Child>> children = directory.children(session);
    Future<List<KeptContact>> off = suppressions.of(session.schoolId(), session.guardianId());
    return Future.all(guardian, children, off)
        .compose(
            read -> model(session, wanted, guardian.result(), children.result(), off.result()));
  }

  private Future<Filled> model(
      ParentSession session,
      String wanted,
      Guardian guardian,
      List<Child> children,
      List<KeptContact> off) {
    Instant now = clock.instant();
    Map<String, Object> model = new HashMap<>();
    model.put("school", guardian.school());
    model.put("slug", guardian.slug());
    model.put("guardian", guardian.name());
    model.put("children", children.stream().map(FamilyPage::model).toList());
    model.put("stopped", off.stream().map(each -> model(each, guardian.zone())).toList());
    model.put("now", time(now, guardian.zone()));
    Optional<Child> chosen = chosen(wanted, children);
    if (chosen.isEmpty()) {
      return Future.succeededFuture(new Filled(guardian, model));
    }
    model.put("child", model(chosen.get()));
    return events(session, chosen.get(), SchoolDay.at(now, guardian.zone()))
        .map(
            events -> {
              model.put(
                  "events", events.stream().map(each -> model(each, guardian.zone())).toList());
              // The newest that stands; presence follows from the order of occurrence.
              events.stream()
                  .filter(event -> event.annulledAt().isEmpty())
                  .findFirst()
                  .ifPresent(last -> model.put("last", model(last, guardian.zone())));
              return new Filled(guardian, model);
            });
  }

  private Future<List<EventPage.Item>> events(ParentSession session, Child child, SchoolDay day) {
    FindEvents query =
        new FindEvents(
            session.schoolId(),
            Optional.of(child.id()),
            Optional.empty(),
            Optional.of(session.guardianId()),
            Optional.of(day.start()),
            Optional.of(day.end()),
            Optional.empty(),
            MOST_EVENTS);
    return bus.request(Addresses.ATTENDANCE_EVENTS, query).map(EventPage::items);
  }

  private static Optional<Child> chosen(String wanted, List<Child> children) {
    return children.stream()
        .filter(child -> child.id().toString().equals(wanted))
        .findFirst()
        .or(() -> children.stream().findFirst());
  }

  private static Map<String, Object> model(Child child) {
    return Map.of(
        "id",
        child.id().toString(),
        "name",
        child.name(),
        "firstName",
        child.name().split(" ", 2)[0],
        "course",
        child.course());
  }

  private static Map<String, Object> model(EventPage.Item event, ZoneId zone) {
    return Map.of(
        "time",
        time(event.occurredAt(), zone),
        "in",
        event.type() == ScanType.IN,
        "gate",
        event.gate(),
        "annulled",
        event.annulledAt().isPresent());
  }

  private static Map<String, Object> model(KeptContact contact, ZoneId zone) {
    ContactSuppression off = contact.suppressed().orElseThrow();
    return Map.of(
        "id",
        contact.id().toString(),
        "address",
        contact.contact().address(),
        "reason",
        off.reason().name(),
        "since",
        DAY.format(off.since().atZone(zone)));
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
