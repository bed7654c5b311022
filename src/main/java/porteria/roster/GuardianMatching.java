package porteria.roster;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import porteria.domain.Channel;
import porteria.roster.ImportRow.ImportGuardian;
import porteria.roster.KnownRoster.KnownGuardian;
import porteria.roster.KnownRoster.KnownStudent;

/**
 * Finds out who a guardian in a file is. A phone alone identifies nobody: the same guardian is one
 * of the same name who already answers for the pupil, or one of the same name with the same phone
 * or mailbox and no other phone or mailbox than the row's. One who shares the one and differs in
 * the other may be somebody else, who must not see the child: that is for people to say. Whoever is
 * none of these is new.
 */
final class GuardianMatching {

  private static final String SEVERAL =
      "several guardians have this name and what the row says of them: write the phone or mailbox"
          + " that tells them apart";

  private static final String DIFFERS =
      "a guardian of this name shares an address with this one and has another %s: if it is the same"
          + " person, correct it first, beside a pupil they already answer for or in the guardian's"
          + " record; if it is another, leave out what they share or write a name that tells them apart";

  /** Who a row names. */
  sealed interface Match {

    /** This one. */
    record Found(PlannedGuardian guardian) implements Match {}

    /**
     * Nobody can tell.
     *
     * @param field of the guardian's cells, such as {@code phone}
     */
    record Unclear(String field, String detail) implements Match {}
  }

  private final TimeOrderedIds ids;
  private final Map<UUID, KnownGuardian> known = new HashMap<>();
  private final Map<String, Set<UUID>> byAddress = new HashMap<>();

  /** What the file says of each. */
  private final Map<UUID, Map<Channel, Set<String>>> written = new HashMap<>();

  private final Map<UUID, PlannedGuardian> planned = new LinkedHashMap<>();

  GuardianMatching(KnownRoster roster, List<ImportRow> rows, TimeOrderedIds ids) {
    this.ids = ids;
    for (KnownGuardian each : roster.guardians()) {
      known.put(each.id(), each);
      Stream.concat(each.phones().stream(), each.mailboxes().stream())
          .forEach(address -> index(each.fullName(), address, each.id()));
    }
    // New addresses of those who are known by their pupil hold in every row, wherever it stands.
    for (ImportRow row : rows) {
      Optional.ofNullable(roster.students().get(row.number()))
          .ifPresent(student -> row.guardians().forEach(each -> expect(student, each)));
    }
  }

  /** Those the file names, in its order. */
  Collection<PlannedGuardian> planned() {
    return planned.values();
  }

  /** The guardian that a row names. */
  Match find(Optional<KnownStudent> student, ImportGuardian row) {
    List<UUID> own = student.map(each -> namesakes(each, row)).orElse(List.of());
    if (own.size() == 1) {
      return found(own.getFirst(), row);
    }
    List<UUID> candidates = own.isEmpty() ? sharing(row) : own;
    List<UUID> agreeing = candidates.stream().filter(id -> differing(id, row).isEmpty()).toList();
    List<UUID> same = agreeing.stream().filter(id -> hasAll(id, row)).toList();
    List<UUID> meant = same.isEmpty() ? agreeing : same;
    if (meant.size() == 1) {
      return found(meant.getFirst(), row);
    }
    if (meant.size() > 1 || !own.isEmpty()) {
      return new Match.Unclear("name", SEVERAL);
    }
    return candidates.isEmpty()
        ? found(ids.next(), row)
        : unclear(differing(candidates.getFirst(), row).orElseThrow());
  }

  private static Match unclear(Channel differing) {
    return switch (differing) {
      case WHATSAPP -> new Match.Unclear("phone", DIFFERS.formatted("phone"));
      case EMAIL -> new Match.Unclear("email", DIFFERS.formatted("mailbox"));
    };
  }

  private Match found(UUID id, ImportGuardian row) {
    note(id, row);
    return new Match.Found(
        planned.computeIfAbsent(
            id, is -> new PlannedGuardian(is, Optional.ofNullable(known.get(is)))));
  }

  private void expect(KnownStudent student, ImportGuardian row) {
    List<UUID> own = namesakes(student, row);
    if (own.size() == 1) {
      note(own.getFirst(), row);
    }
  }

  private void note(UUID id, ImportGuardian row) {
    addresses(row)
        .forEach(
            (channel, address) -> {
              index(row.fullName(), address, id);
              written
                  .computeIfAbsent(id, is -> new EnumMap<>(Channel.class))
                  .computeIfAbsent(channel, is -> new LinkedHashSet<>())
                  .add(address);
            });
  }

  /** Those of the row's name who answer for the pupil. */
  private List<UUID> namesakes(KnownStudent student, ImportGuardian row) {
    return student.guardians().stream()
        .map(known::get)
        .filter(Objects::nonNull)
        .filter(each -> Names.folded(each.fullName()).equals(Names.folded(row.fullName())))
        .map(KnownGuardian::id)
        .toList();
  }

  /** Those of the row's name with an address of the row. */
  private List<UUID> sharing(ImportGuardian row) {
    return addresses(row).values().stream()
        .flatMap(address -> byAddress.getOrDefault(key(row.fullName(), address), Set.of()).stream())
        .distinct()
        .toList();
  }

  /** In which channel the row says otherwise than what is known or written of somebody. */
  private Optional<Channel> differing(UUID id, ImportGuardian row) {
    return addresses(row).entrySet().stream()
        .filter(
            each -> {
              Set<String> others = addresses(id, each.getKey());
              return !others.isEmpty() && !others.contains(each.getValue());
            })
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean hasAll(UUID id, ImportGuardian row) {
    return addresses(row).entrySet().stream()
        .allMatch(each -> addresses(id, each.getKey()).contains(each.getValue()));
  }

  private Set<String> addresses(UUID id, Channel channel) {
    Set<String> all = new LinkedHashSet<>();
    Optional.ofNullable(known.get(id)).ifPresent(each -> all.addAll(each.addresses(channel)));
    all.addAll(written.getOrDefault(id, Map.of()).getOrDefault(channel, Set.of()));
    return all;
  }

  private static Map<Channel, String> addresses(ImportGuardian row) {
    Map<Channel, String> addresses = new EnumMap<>(Channel.class);
    row.phone().ifPresent(phone -> addresses.put(Channel.WHATSAPP, phone));
    row.email().ifPresent(email -> addresses.put(Channel.EMAIL, email));
    return addresses;
  }

  private void index(String name, String address, UUID id) {
    byAddress.computeIfAbsent(key(name, address), is -> new LinkedHashSet<>()).add(id);
  }

  private static String key(String name, String address) {
    return address + " " + Names.folded(name);
  }
}
