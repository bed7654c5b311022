package porteria.roster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who answers for pupils.
 *
 * @param language {@code es}, {@code en} or {@code pt}
 * @param inactiveSince since when nothing is sent to them and they have no session
 * @param contacts in the order they were added
 */
public record Guardian(
    UUID id,
    String fullName,
    String language,
    Optional<Instant> inactiveSince,
    Preferences preferences,
    List<KeptContact> contacts,
    List<UUID> studentIds) {

  public Guardian {
    contacts = List.copyOf(contacts);
    studentIds = List.copyOf(studentIds);
  }
}
