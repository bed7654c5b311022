package porteria.roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;
import porteria.roster.ImportRow.ImportGuardian;
import porteria.roster.KnownRoster.KnownGuardian;

/** What a guardian is to be after an import; several rows may have a say in it. */
final class PlannedGuardian {

  private final UUID id;
  private final Optional<KnownGuardian> before;
  private final Map<Channel, String> addresses = new HashMap<>();
  private Optional<String> fullName = Optional.empty();
  private Optional<String> language = Optional.empty();

  PlannedGuardian(UUID id, Optional<KnownGuardian> before) {
    this.id = id;
    this.before = before;
  }

  UUID id() {
    return id;
  }

  /** The fields in which a row contradicts one before it; takes the others. */
  List<String> take(ImportGuardian row) {
    fullName = fullName.or(() -> Optional.of(row.fullName()));
    language = language.or(row::language);
    List<String> contradicted = new ArrayList<>();
    if (row.language().isPresent() && !row.language().equals(language)) {
      contradicted.add("language");
    }
    if (!take(Channel.WHATSAPP, row.phone())) {
      contradicted.add("phone");
    }
    if (!take(Channel.EMAIL, row.email())) {
      contradicted.add("email");
    }
    return contradicted;
  }

  private boolean take(Channel channel, Optional<String> address) {
    return address.isEmpty()
        || Optional.ofNullable(addresses.putIfAbsent(channel, address.get()))
            .map(address.get()::equals)
            .orElse(true);
  }

  String fullName() {
    return fullName.orElseThrow();
  }

  String language(String ofSchool) {
    return language.or(() -> before.map(KnownGuardian::language)).orElse(ofSchool);
  }

  /** Whether its own row is written. */
  boolean changes() {
    return before
        .map(
            known ->
                !known.fullName().equals(fullName())
                    || !known.language().equals(language(known.language())))
        .orElse(true);
  }

  /** The address of a channel, where the file has another than what is there. */
  Optional<String> newAddress(Channel channel) {
    List<String> known = before.map(each -> addresses(each, channel)).orElse(List.of());
    return Optional.ofNullable(addresses.get(channel))
        .filter(address -> !known.equals(List.of(address)));
  }

  private static List<String> addresses(KnownGuardian known, Channel channel) {
    return switch (channel) {
      case WHATSAPP -> known.phones();
      case EMAIL -> known.mailboxes();
    };
  }

  /** Whether anything about it is written. */
  boolean isTouched() {
    return changes()
        || newAddress(Channel.WHATSAPP).isPresent()
        || newAddress(Channel.EMAIL).isPresent();
  }
}
