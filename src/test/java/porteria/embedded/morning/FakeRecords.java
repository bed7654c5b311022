package porteria.embedded.morning;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the fake server remembers, and whom it tells. Used on its event loop alone. */
final class FakeRecords {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private final Demo.School school;
  private final Set<FakeServer.Fault> faults;
  private final Map<String, JsonObject> answers = new HashMap<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, List<Instant>> passages = new HashMap<>();
  private final List<JsonObject> messages = new ArrayList<>();

  FakeRecords(Demo.School school, List<FakeServer.Fault> faults) {
    this.school = school;
    this.faults = new HashSet<>(faults);
  }

  boolean has(FakeServer.Fault fault) {
    return faults.contains(fault);
  }

  List<JsonObject> messages() {
    return List.copyOf(messages);
  }

  /** The answer's body, with its HTTP status as {@code http}. */
  JsonObject judge(JsonObject request, Instant sentAt) {
    JsonObject scan = request.copy();
    scan.remove("sent_at");
    String key = scan.getString("device_id") + "/" + scan.getLong("local_seq");
    JsonObject before = has(FakeServer.Fault.FORGETS_REPLAYS) ? null : answers.get(key);
    if (before != null) {
      return scan.encode().equals(bodies.get(key))
          ? before.copy().put("duplicate", true)
          : new JsonObject().put("http", 409);
    }
    JsonObject answer = answer(scan, sentAt);
    if (answer.getInteger("http") != 400) {
      answers.put(key, answer);
      bodies.put(key, scan.encode());
    }
    return answer;
  }

  private JsonObject answer(JsonObject scan, Instant sentAt) {
    String gate = scan.getString("gate_id");
    boolean known = school.devices().stream().anyMatch(device -> device.gateId().equals(gate));
    if (!known || scan.getLong("local_seq") < 0) {
      return new JsonObject().put("http", 400);
    }
    String token = scan.getString("token");
    Optional<Demo.Pupil> pupil =
        school.pupils().stream()
            .filter(each -> each.nfcToken().equals(token) || each.qrToken().equals(token))
            .findFirst();
    return pupil.map(found -> accepted(found, scan, sentAt)).orElseGet(() -> refused(token));
  }

  private static JsonObject refused(String token) {
    boolean other =
        SmallSchool.OTHER.pupils().stream().anyMatch(pupil -> pupil.nfcToken().equals(token));
    return new JsonObject()
        .put("http", 422)
        .put("reason", other ? "OTHER_SCHOOL" : "UNKNOWN_TOKEN")
        .put("duplicate", false);
  }

  private JsonObject accepted(Demo.Pupil pupil, JsonObject scan, Instant sentAt) {
    Duration skew = Duration.between(sentAt, Instant.now());
    Instant captured = Instant.parse(scan.getString("captured_at"));
    Instant occurred = has(FakeServer.Fault.BELIEVES_CLOCKS) ? captured : captured.plus(skew);
    JsonArray flags = new JsonArray();
    if (skew.abs().compareTo(Duration.ofMinutes(5)) > 0) {
      flags.add("CLOCK_SKEW");
    }
    String type = scan.getString("type");
    if (isRepeat(pupil, type, occurred)) {
      flags.add("REPEAT");
    } else {
      tell(pupil, type, occurred);
    }
    return new JsonObject()
        .put("http", 202)
        .put("event_id", UUID.randomUUID().toString())
        .put("student", new JsonObject().put("id", pupil.id()).put("first_name", "Niña"))
        .put("type", type)
        .put("occurred_at", occurred.toString())
        .put("duplicate", false)
        .put("flags", flags);
  }

  private boolean isRepeat(Demo.Pupil pupil, String type, Instant occurred) {
    List<Instant> before =
        passages.computeIfAbsent(pupil.id() + type, passage -> new ArrayList<>());
    boolean near =
        before.stream()
            .anyMatch(
                at -> Duration.between(at, occurred).abs().compareTo(Duration.ofSeconds(60)) <= 0);
    before.add(occurred);
    return (near && !has(FakeServer.Fault.SEES_NO_DOUBLE_READS))
        || has(FakeServer.Fault.CALLS_EVERYTHING_A_REPEAT);
  }

  private void tell(Demo.Pupil pupil, String type, Instant occurred) {
    String time = CLOCK.format(occurred.atZone(school.zone()));
    for (Obligation.Address address : Obligation.addresses(pupil)) {
      JsonObject message =
          switch (address.channel()) {
            case WHATSAPP ->
                message(address)
                    .put("template", type.equals("IN") ? "ingreso_ok" : "salida_ok")
                    .put("params", new JsonArray().add(pupil.fullName()).add(time).add("Norte"));
            case EMAIL ->
                message(address)
                    .put(
                        "text",
                        "Hola:\n\n%s %s del colegio a las %s por Salida Sur."
                            .formatted(
                                pupil.fullName(), type.equals("IN") ? "entró" : "salió", time));
          };
      deliver(message);
    }
  }

  private void deliver(JsonObject message) {
    if (!faults.remove(FakeServer.Fault.KEEPS_A_MESSAGE_BACK)) {
      messages.add(message);
    }
    if (faults.remove(FakeServer.Fault.TELLS_TWICE)) {
      messages.add(message.copy().put("id", UUID.randomUUID().toString()));
    }
    if (message.getString("channel").equals("WHATSAPP")
        && faults.remove(FakeServer.Fault.TELLS_A_STRANGER)) {
      messages.add(message.copy().put("id", UUID.randomUUID().toString()).put("to", "56999999999"));
    }
  }

  private static JsonObject message(Obligation.Address address) {
    return new JsonObject()
        .put("id", UUID.randomUUID().toString())
        .put("channel", address.channel().name())
        .put("to", address.to())
        .put("received_at", Scan.time(Instant.now()));
  }
}
