package porteria.scan;

import io.vertx.core.Future;
import java.util.List;

/**
 * A batch on its way to the disk.
 *
 * @param written its rows stand in its transaction, so that the next batch may be sent behind it;
 *     fails when the batch does
 * @param committed what became of each row, in their order; on failure nothing is known to be
 *     recorded
 */
record Recording(Future<?> written, Future<List<RecordedScan>> committed) {}
