package porteria.roster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import porteria.roster.ImportRow.ImportGuardian;
import porteria.roster.KnownRoster.KnownGuardian;
import porteria.roster.KnownRoster.KnownStudent;

/**
 * Finds out who a guardian in a file is. A phone alone identifies nobody: the same guardian is one
 * of the same name who already answers for the pupil, or one of the same name with the same phone
 * or mailbox. Whoever is none of these is new.
 */
final class GuardianMatching {

  private final TimeOrderedIds ids;
  private final Map<UUID, KnownGuardian> known = new HashMap<>();
  private final Map<String, UUID> byAddress = new HashMap<>();
  private final Map<UUID, PlannedGuardian> planned = new LinkedHashMap<>();

  GuardianMatching(KnownRoster roster, TimeOrderedIds ids) {
    this.ids = ids;
    for (KnownGuardian each : roster.guardians()) {
      known.put(each.id(), each);
      Stream.concat(each.phones().stream(), each.mailboxes().stream())
          .forEach(address -> byAddress.putIfAbsent(key(each.fullName(), address), each.id()));
    }
  }

  /** Those the file names, in its order. */
  Collection<PlannedGuardian> planned() {
    return planned.values();
  }

  /** The guardian that a row names. */
  PlannedGuardian find(Optional<KnownStudent> student, ImportGuardian row) {
    UUID id =
        student.flatMap(each -> ofStudent(each, row)).or(() -> ofAddress(row)).orElseGet(ids::next);
    addresses(row).forEach(address -> byAddress.putIfAbsent(key(row.fullName(), address), id));
    return planned.computeIfAbsent(
        id, is -> new PlannedGuardian(is, Optional.ofNullable(known.get(is))));
  }

  private Optional<UUID> ofStudent(KnownStudent student, ImportGuardian row) {
    List<UUID> named =
        student.guardians().stream()
            .map(known::get)
            .filter(Objects::nonNull)
            .filter(each -> Names.folded(each.fullName()).equals(Names.folded(row.fullName())))
            .map(KnownGuardian::id)
            .toList();
    return ofAddress(row).filter(named::contains).or(() -> named.stream().findFirst());
  }

  private Optional<UUID> ofAddress(ImportGuardian row) {
    return addresses(row).stream()
        .map(address -> byAddress.get(key(row.fullName(), address)))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static List<String> addresses(ImportGuardian row) {
    List<String> addresses = new ArrayList<>();
    row.phone().ifPresent(addresses::add);
    row.email().ifPresent(addresses::add);
    return addresses;
  }

  private static String key(String name, String address) {
    return address + " " + Names.folded(name);
  }
}
