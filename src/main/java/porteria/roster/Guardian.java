package porteria.roster;

import java.util.List;
import java.util.UUID;

/**
 * Somebody who answers for pupils.
 *
 * @param language {@code es}, {@code en} or {@code pt}
 * @param contacts in the order they were added
 */
public record Guardian(
    UUID id,
    String fullName,
    String language,
    Preferences preferences,
    List<Contact> contacts,
    List<UUID> studentIds) {

  public Guardian {
    contacts = List.copyOf(contacts);
    studentIds = List.copyOf(studentIds);
  }
}
