package porteria.roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;
import porteria.roster.ImportReport.Value;
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
    return Optional.ofNullable(addresses.get(channel))
        .filter(address -> !known(channel).equals(List.of(address)));
  }

  private List<String> known(Channel channel) {
    return before.map(each -> each.addresses(channel)).orElse(List.of());
  }

  /** Whether anything about it is written. */
  boolean isTouched() {
    return changes()
        || newAddress(Channel.WHATSAPP).isPresent()
        || newAddress(Channel.EMAIL).isPresent();
  }

  boolean isInactive() {
    return before.filter(known -> !known.active()).isPresent();
  }

  /**
   * What changes, from what to what.
   *
   * @param column what the headings begin with
   * @param isLinked whether a pupil gets them as a guardian
   * @param ofSchool its language
   */
  List<Value> values(String column, boolean isLinked, String ofSchool) {
    List<Value> values = new ArrayList<>();
    Optional<String> name = before.map(KnownGuardian::fullName).filter(known -> !isLinked);
    if (!name.equals(Optional.of(fullName()))) {
      values.add(new Value(column + "_name", name, fullName()));
    }
    address(column + "_phone", Channel.WHATSAPP).ifPresent(values::add);
    address(column + "_email", Channel.EMAIL).ifPresent(values::add);
    Optional<String> spoken = before.map(KnownGuardian::language);
    if (!spoken.equals(Optional.of(language(ofSchool)))) {
      values.add(new Value(column + "_language", spoken, language(ofSchool)));
    }
    return values;
  }

  private Optional<Value> address(String field, Channel channel) {
    List<String> known = known(channel);
    return newAddress(channel)
        .map(
            address ->
                new Value(
                    field,
                    known.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", known)),
                    address));
  }
}
