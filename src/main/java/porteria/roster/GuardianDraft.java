package porteria.roster;

import java.util.List;
import java.util.Optional;

/**
 * What a guardian is to be.
 *
 * @param preferences empty leaves them as they are; a new guardian then gets {@link
 *     Preferences#ALL}
 * @param active empty leaves it as it is; a new guardian is
 * @param contacts all of them, as people write them
 */
public record GuardianDraft(
    String fullName,
    String language,
    Optional<Boolean> active,
    Optional<Preferences> preferences,
    List<Contact> contacts) {

  public GuardianDraft {
    fullName = Names.tidy(fullName);
    contacts = List.copyOf(contacts);
  }
}
