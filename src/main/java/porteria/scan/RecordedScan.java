package porteria.scan;

import java.util.Optional;
import porteria.bus.LiveChange;
import porteria.domain.Verdict;

/**
 * What recording made of one scan.
 *
 * @param change what dashboards must be told; empty for a replay or a conflict
 */
record RecordedScan(Verdict verdict, Optional<LiveChange> change) {}
