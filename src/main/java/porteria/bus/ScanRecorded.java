package porteria.bus;

import java.util.List;
import java.util.UUID;

/**
 * Changes of one school that one commit made.
 *
 * @param changes in the order of their seq
 */
public record ScanRecorded(UUID schoolId, List<LiveChange> changes) {}
