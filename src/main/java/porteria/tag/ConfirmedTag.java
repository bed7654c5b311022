package porteria.tag;

import java.util.List;
import java.util.UUID;

/**
 * A sticker that is in use from now on.
 *
 * @param replaced the pupil's stickers that are revoked by it
 */
public record ConfirmedTag(Tag tag, List<UUID> replaced) {

  public ConfirmedTag {
    replaced = List.copyOf(replaced);
  }
}
