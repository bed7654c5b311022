package porteria.roster;

import java.util.UUID;

/** A course, such as "4.º Básico B" of grade "4". */
public record Course(UUID id, String name, String grade) {}
