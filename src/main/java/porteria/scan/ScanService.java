package porteria.scan;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.LiveChange;
import porteria.bus.NotificationDue;
import porteria.bus.ScanRecorded;
import porteria.bus.SubmitScan;
import porteria.config.ScanSettings;
import porteria.domain.Verdict;

/** Takes scans, has them recorded, and tells the other features of what was committed. */
final class ScanService {

  private final Bus bus;
  private final ScanJudge judge;
  private final ScanRepository repository;
  private final ScanQueue queue;

  ScanService(Bus bus, ScanJudge judge, ScanRepository repository, ScanSettings settings) {
    this.bus = bus;
    this.judge = judge;
    this.repository = repository;
    this.queue =
        new ScanQueue(
            repository::record, this::publish, settings.queueLimit(), settings.batchLimit());
  }

  /** Completes when the scan is committed: only then may the kiosk forget it. */
  Future<Verdict> submit(SubmitScan scan) {
    return queue.submit(judge.judge(scan)).map(RecordedScan::verdict);
  }

  /** Completes when nothing waits to be recorded any more. */
  Future<Void> drained() {
    return queue.drained();
  }

  Future<Void> close() {
    return repository.close();
  }

  private void publish(List<RecordedScan> recorded) {
    Map<UUID, List<LiveChange>> bySchool =
        recorded.stream()
            .flatMap(scan -> scan.change().stream())
            .collect(
                Collectors.groupingBy(
                    LiveChange::schoolId, LinkedHashMap::new, Collectors.toList()));
    bySchool.forEach(
        (school, changes) ->
            bus.publish(Addresses.SCAN_RECORDED, new ScanRecorded(school, changes)));
    if (!bySchool.isEmpty()) {
      bus.hint(Addresses.NOTIFICATION_DUE, new NotificationDue());
    }
  }
}
