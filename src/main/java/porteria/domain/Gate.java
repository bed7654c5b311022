package porteria.domain;

import java.util.UUID;

/**
 * A way in or out of a school.
 *
 * @param code the {@code gate_id} of the public contract, unique in the school
 * @param name what people call it
 */
public record Gate(UUID id, String code, String name) {}
