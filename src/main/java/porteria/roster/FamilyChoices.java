package porteria.roster;

import java.util.Map;
import java.util.UUID;

/**
 * What a guardian chooses for themselves.
 *
 * @param channels by which each type of message comes
 * @param photos the guardian's own children, and whether photos of them are consented to
 * @param language {@code es}, {@code en} or {@code pt}
 */
public record FamilyChoices(Preferences channels, Map<UUID, Boolean> photos, String language) {

  public FamilyChoices {
    photos = Map.copyOf(photos);
  }
}
