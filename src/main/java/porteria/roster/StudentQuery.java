package porteria.roster;

import java.util.Optional;
import java.util.UUID;

/**
 * Which pupils are asked for.
 *
 * @param text beginnings of words of the name, in any case, with or without accents; or the whole
 *     number
 * @param active only those who are, or only those who are not
 */
public record StudentQuery(
    Optional<String> text, Optional<UUID> courseId, Optional<Boolean> active) {}
