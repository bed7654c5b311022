package porteria.embedded.morning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a school day owed held against what was told, kind by kind. One message is owed for each
 * (address, pupil, kind, time).
 *
 * <p>News and its correction agree when both were told, and also when neither was: on a slow
 * machine the pupil may come before the alarm has been sent, which is then withdrawn, and nothing
 * is to be corrected. One without the other is wrong.
 *
 * @param lines for every kind, in their order
 * @param withdrawn how many messages were rightly not told, for both of their pair were not
 */
record DayJudgement(List<Line> lines, int withdrawn) {

  /**
   * One kind of message.
   *
   * @param told what was owed and told
   * @param missing owed and not told
   * @param twice told beyond the first time
   * @param unexpected told and owed to nobody
   */
  record Line(
      MessageKind kind,
      List<Owed> told,
      List<Owed> missing,
      List<Told> twice,
      List<Told> unexpected) {

    int expected() {
      return told.size() + missing.size();
    }

    boolean isGood() {
      return missing.isEmpty() && twice.isEmpty() && unexpected.isEmpty();
    }
  }

  /**
   * @param messages oldest first; links that guardians asked for are not judged
   */
  static DayJudgement of(List<Owed> owed, Collection<Told> messages) {
    Settling settling = new Settling(owed);
    messages.stream()
        .filter(message -> MessageKind.of(message) != MessageKind.ACCESO_FAMILIAS)
        .forEach(settling::settle);
    return settling.result();
  }

  boolean isGood() {
    return lines.stream().allMatch(Line::isGood);
  }

  Line line(MessageKind kind) {
    return lines.stream().filter(line -> line.kind() == kind).findFirst().orElseThrow();
  }

  /** How many messages were owed and told. */
  int told() {
    return lines.stream().mapToInt(line -> line.told().size()).sum();
  }

  /** What is missing of all kinds. */
  List<Owed> missing() {
    return lines.stream().flatMap(line -> line.missing().stream()).toList();
  }

  /** The pupils whose families were told this. */
  Set<String> pupilsTold(MessageKind kind) {
    return line(kind).told().stream().map(Owed::pupilId).collect(Collectors.toUnmodifiableSet());
  }

  /** Messages are taken one after the other, each for the first open one that it fulfils. */
  private static final class Settling {
    private final Map<Obligation.Address, List<Owed>> open = new HashMap<>();
    private final Map<Obligation.Address, List<Owed>> fulfilled = new HashMap<>();
    private final Map<MessageKind, List<Told>> twice = new EnumMap<>(MessageKind.class);
    private final Map<MessageKind, List<Told>> unexpected = new EnumMap<>(MessageKind.class);

    Settling(List<Owed> owed) {
      owed.forEach(each -> at(open, each.address()).add(each));
    }

    void settle(Told message) {
      List<Owed> waiting = at(open, message.address());
      Optional<Owed> meant =
          waiting.stream().filter(each -> each.isFulfilledBy(message)).findFirst();
      if (meant.isPresent()) {
        waiting.remove(meant.get());
        at(fulfilled, message.address()).add(meant.get());
        return;
      }
      boolean again =
          at(fulfilled, message.address()).stream().anyMatch(each -> each.isFulfilledBy(message));
      at(again ? twice : unexpected, MessageKind.of(message)).add(message);
    }

    DayJudgement result() {
      List<Owed> told = all(fulfilled).toList();
      Set<String> toldPairs =
          told.stream().flatMap(each -> each.pair().stream()).collect(Collectors.toSet());
      List<Owed> untold = all(open).toList();
      List<Owed> missing =
          untold.stream()
              .filter(each -> each.pair().map(toldPairs::contains).orElse(true))
              .toList();
      List<Line> lines = new ArrayList<>();
      for (MessageKind kind : MessageKind.values()) {
        lines.add(
            new Line(
                kind,
                of(kind, told),
                of(kind, missing),
                List.copyOf(at(twice, kind)),
                List.copyOf(at(unexpected, kind))));
      }
      return new DayJudgement(List.copyOf(lines), untold.size() - missing.size());
    }

    private static List<Owed> of(MessageKind kind, List<Owed> all) {
      return all.stream().filter(each -> each.kind() == kind).toList();
    }

    private static Stream<Owed> all(Map<Obligation.Address, List<Owed>> by) {
      return by.values().stream().flatMap(List::stream);
    }

    private static <K, V> List<V> at(Map<K, List<V>> all, K key) {
      return all.computeIfAbsent(key, missing -> new ArrayList<>());
    }
  }
}
