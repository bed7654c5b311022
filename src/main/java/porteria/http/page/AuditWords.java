package porteria.http.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.audit.AuditActor;
import porteria.audit.StoredEntry;
import porteria.device.DeviceStatus;
import porteria.identity.StaffRecord;

/** Says in plain words who did what to whom. */
final class AuditWords {

  /** What the list can be narrowed to, in the order it is offered. */
  static final List<String> ENTITIES =
      List.of(
          "student",
          "guardian",
          "absence_request",
          "attendance_event",
          "tag",
          "course",
          "enrollment",
          "consent",
          "schedule",
          "schedule_exception",
          "broadcast",
          "device",
          "gate",
          "staff_user",
          "school",
          "audit_log");

  private final Map<String, String> texts;
  private final SchoolTime time;
  private final List<StaffRecord> staff;
  private final Map<UUID, String> people;
  private final Map<UUID, String> kiosks;

  AuditWords(
      Map<String, String> texts,
      SchoolTime time,
      List<StaffRecord> staff,
      List<DeviceStatus> kiosks) {
    this.texts = texts;
    this.time = time;
    this.staff = staff;
    this.people =
        staff.stream().collect(Collectors.toUnmodifiableMap(StaffRecord::id, StaffRecord::name));
    this.kiosks =
        kiosks.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    DeviceStatus::id, kiosk -> kiosk.gate() + " (" + kiosk.code() + ")"));
  }

  /** Who may have acted. */
  List<Map<String, Object>> people() {
    return staff.stream()
        .map(person -> Map.<String, Object>of("id", person.id().toString(), "name", person.name()))
        .toList();
  }

  /** What the page says of each entry. */
  List<Map<String, Object>> items(List<StoredEntry> entries) {
    return entries.stream().map(this::item).toList();
  }

  private Map<String, Object> item(StoredEntry entry) {
    Map<String, Object> model = new HashMap<>();
    model.put("when", time.when(entry.at()));
    model.put("who", who(entry));
    model.put(
        "role",
        entry
            .actorRole()
            .flatMap(role -> Optional.ofNullable(texts.get("role." + role)))
            .orElse(""));
    model.put("what", text("audit.action." + entry.action(), "audit.action.other"));
    model.put("whom", whom(entry));
    model.put("address", entry.ip().orElse(""));
    if (entry.entity().equals("student")) {
      model.put("student", entry.entityId());
    }
    return model;
  }

  private String who(StoredEntry entry) {
    Map<UUID, String> known =
        entry.actorKind().equals(AuditActor.Kind.KIOSK.name()) ? kiosks : people;
    return entry
        .actorId()
        .flatMap(id -> Optional.ofNullable(known.get(id)))
        .orElseGet(() -> text("audit.actor." + entry.actorKind(), "audit.actor.other"));
  }

  /** By name where one is at hand and says more than who acted; what was erased has none. */
  private String whom(StoredEntry entry) {
    UUID id = Asked.uuid(entry.entityId());
    if (entry.actorId().equals(Optional.of(id))) {
      return "";
    }
    return Optional.ofNullable(people.get(id))
        .or(() -> Optional.ofNullable(kiosks.get(id)))
        .orElse("");
  }

  private String text(String key, String otherwise) {
    return Objects.requireNonNull(texts.getOrDefault(key, texts.get(otherwise)), otherwise);
  }
}
