package porteria.roster;

import java.util.UUID;

/**
 * An import, or its dry run, that came to its end.
 *
 * @param id by which its progress was told
 */
public record ImportRun(UUID id, ImportReport report) {}
