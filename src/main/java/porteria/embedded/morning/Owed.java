package porteria.embedded.morning;

import java.util.Optional;
import java.util.Set;

/**
 * A message that a school day owes.
 *
 * @param name of the pupil, as families read it
 * @param times the time of day it must state, HH:mm; several where the minute is open
 * @param pair it and the others of this pair are told all or not at all: news that is taken back
 *     before it was sent is not told, and then needs no correction
 */
record Owed(
    Obligation.Address address,
    String pupilId,
    String name,
    MessageKind kind,
    Set<String> times,
    Optional<String> pair) {
  private static final int LEAST_PARAMS = 2;

  /** Whether this message is the one that is owed. */
  boolean isFulfilledBy(Told message) {
    return address.equals(message.address())
        && MessageKind.of(message) == kind
        && switch (address.channel()) {
          case WHATSAPP ->
              message.params().size() >= LEAST_PARAMS
                  && message.params().get(0).equals(name)
                  && times.contains(message.params().get(1));
          case EMAIL ->
              message.text().contains(name) && times.stream().anyMatch(message.text()::contains);
        };
  }

  /** Its name in a report; ids alone. */
  String label() {
    return "%s %s of pupil %s at %s"
        .formatted(address.channel(), kind.template(), pupilId, String.join("/", times));
  }
}
