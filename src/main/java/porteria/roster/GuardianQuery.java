package porteria.roster;

import java.util.Optional;
import java.util.UUID;

/**
 * Which guardians are asked for.
 *
 * @param text beginnings of words of the name, in any case, with or without accents
 * @param studentId only those of this pupil
 */
public record GuardianQuery(Optional<String> text, Optional<UUID> studentId) {}
