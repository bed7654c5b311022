package porteria;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import porteria.testkit.DemoSchoolFile.Pupil;

/** What the families of the demonstration school are owed, and what they read. */
final class FamilyInbox {

  private final DemoStage stage;
  private final Set<String> names;

  FamilyInbox(DemoStage stage) {
    this.stage = stage;
    names = stage.school().pupils().stream().map(Pupil::fullName).collect(Collectors.toSet());
  }

  /** Who is to be told of whom, and how often, when each of these passes so many times. */
  Map<String, Integer> owed(List<Pupil> pupils, int times) {
    Map<String, Integer> owed = new HashMap<>();
    for (Pupil pupil : pupils) {
      pupil.addresses().forEach(address -> owed.put(address + " of " + pupil.fullName(), times));
    }
    return owed;
  }

  /** Who was told of whom, and how often; the same notification counts once. */
  Map<String, Integer> told() {
    Set<String> once = new HashSet<>();
    return stage.messages().stream()
        .filter(message -> once.add(message.getString("notification")))
        .collect(
            Collectors.toMap(
                message -> message.getString("to") + " of " + subject(message),
                message -> 1,
                Integer::sum));
  }

  /** What was told otherwise than owed: a line for each, so that a failure is short to read. */
  List<String> amiss(Map<String, Integer> owed) {
    Map<String, Integer> told = told();
    Set<String> all = new TreeSet<>(owed.keySet());
    all.addAll(told.keySet());
    return all.stream()
        .filter(who -> !Objects.equals(owed.get(who), told.get(who)))
        .map(who -> who + ": owed " + owed.get(who) + ", told " + told.get(who))
        .toList();
  }

  /** The notifications that were read twice. */
  Set<String> toldTwice() {
    return twice(stage.messages());
  }

  /** The notifications that were read twice by this channel. */
  Set<String> toldTwice(String channel) {
    return twice(
        stage.messages().stream()
            .filter(message -> channel.equals(message.getString("channel")))
            .toList());
  }

  private static Set<String> twice(List<JsonObject> messages) {
    Set<String> once = new HashSet<>();
    return messages.stream()
        .map(message -> message.getString("notification"))
        .filter(id -> !once.add(id))
        .collect(Collectors.toSet());
  }

  private String subject(JsonObject message) {
    JsonArray params = message.getJsonArray("params");
    return params == null
        ? names.stream().filter(message.getString("text")::contains).findFirst().orElseThrow()
        : params.getString(0);
  }
}
