package porteria.http.page;

import io.vertx.core.Future;
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
import porteria.http.page.FamilyVisits.Visit;
import porteria.identity.ParentDirectory.Child;
import porteria.roster.ContactSuppression;
import porteria.roster.ContactSuppressions;
import porteria.roster.KeptContact;

/** What a guardian's first page says: whether the chosen child is in, and the child's day. */
final class FamilyPage {

  private static final int MOST_EVENTS = 50;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd-MM-yyyy");

  private final FamilyVisits visits;
  private final ContactSuppressions suppressions;
  private final Bus bus;

  FamilyPage(FamilyVisits visits, ContactSuppressions suppressions, Bus bus) {
    this.visits = visits;
    this.suppressions = suppressions;
    this.bus = bus;
  }

  Future<Void> show(Visit visit) {
    Future<List<KeptContact>> off = suppressions.of(visit.schoolId(), visit.guardianId());
    Future<List<EventPage.Item>> events =
        visit
            .child()
            .map(child -> events(visit, child))
            .orElseGet(() -> Future.succeededFuture(List.of()));
    return Future.all(off, events)
        .map(
            read -> {
              visits.render(visit, "parent", model(visit, off.result(), events.result()));
              return null;
            });
  }

  private Map<String, Object> model(
      Visit visit, List<KeptContact> off, List<EventPage.Item> events) {
    Map<String, Object> model = new HashMap<>();
    model.put("here", "today");
    model.put("stopped", off.stream().map(each -> model(each, visit.guardian().zone())).toList());
    model.put("now", visit.phrases().time(visit.now()));
    model.put("events", events.stream().map(each -> event(each, visit.phrases())).toList());
    // The newest that stands; presence follows from the order of occurrence.
    events.stream()
        .filter(event -> event.annulledAt().isEmpty())
        .findFirst()
        .ifPresent(last -> model.put("last", event(last, visit.phrases())));
    return model;
  }

  private Future<List<EventPage.Item>> events(Visit visit, Child child) {
    SchoolDay day = SchoolDay.of(visit.phrases().today(), visit.guardian().zone());
    FindEvents query =
        new FindEvents(
            visit.schoolId(),
            Optional.of(child.id()),
            Optional.empty(),
            Optional.of(visit.guardianId()),
            Optional.of(day.start()),
            Optional.of(day.end()),
            Optional.empty(),
            MOST_EVENTS);
    return bus.request(Addresses.ATTENDANCE_EVENTS, query).map(EventPage::items);
  }

  /** An entry or an exit. */
  static Map<String, Object> event(EventPage.Item event, Phrases phrases) {
    return Map.of(
        "time", phrases.time(event.occurredAt()),
        "in", event.type() == ScanType.IN,
        "gate", event.gate(),
        "annulled", event.annulledAt().isPresent());
  }

  /** A contact that is not written to. */
  private static Map<String, Object> model(KeptContact contact, ZoneId zone) {
    ContactSuppression off = contact.suppressed().orElseThrow();
    return Map.of(
        "id", contact.id().toString(),
        "address", contact.contact().address(),
        "reason", off.reason().name(),
        "since", DAY.format(off.since().atZone(zone)));
  }
}
