package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import porteria.bus.SubmitScan;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.Gate;
import porteria.domain.Kiosk;
import porteria.domain.ScanSource;
import porteria.domain.ScanType;
import porteria.domain.Verdict;

class ScanQueueTest {

  private static final Instant NOW = Instant.parse("2026-06-10T11:30:00Z");
  private static final Gate GATE = new Gate(UUID.randomUUID(), "NORTE", "Puerta Norte");
  private static final Kiosk KIOSK =
      new Kiosk(UUID.randomUUID(), UUID.randomUUID(), "K", ZoneOffset.UTC, Map.of("NORTE", GATE));

  private final List<List<Long>> batches = new ArrayList<>();
  private final List<Promise<List<RecordedScan>>> recordings = new ArrayList<>();
  private final ScanQueue queue = new ScanQueue(this::record, recorded -> {}, 5, 3);

  @Test
  void a_full_queue_tells_the_kiosk_to_come_back_and_takes_no_more() {
    // The first is being recorded and never done; five wait.
    List<Future<RecordedScan>> taken = submit(1, 6);
    Future<RecordedScan> refused = submit(7);
    assertThat(taken).noneMatch(Future::isComplete);
    assertThat(refused.failed()).isTrue();
    assertThat(failure(refused).kind()).isEqualTo(Failure.Kind.OVERLOADED);
    assertThat(failure(refused).kind().status()).isEqualTo(503);
    assertThat(batches).containsExactly(List.of(1L));
  }

  @Test
  void there_is_room_again_when_a_batch_is_recorded() {
    submit(1, 6);
    finish(0);
    assertThat(submit(8).failed()).isFalse();
    assertThat(batches).containsExactly(List.of(1L), List.of(2L, 3L, 4L));
  }

  @Test
  void two_of_one_number_never_share_a_batch() {
    submit(1);
    submit(2);
    submit(2);
    submit(3);
    finish(0);
    finish(1);
    assertThat(batches).containsExactly(List.of(1L), List.of(2L, 3L), List.of(2L));
  }

  @Test
  void it_is_drained_when_nothing_waits_and_nothing_is_recorded() {
    assertThat(queue.drained().succeeded()).isTrue();
    submit(1, 2);
    Future<Void> drained = queue.drained();
    finish(0);
    assertThat(drained.isComplete()).isFalse();
    finish(1);
    assertThat(drained.succeeded()).isTrue();
  }

  @Test
  void a_fault_of_the_statement_is_tried_alone_and_a_silent_database_is_not() {
    submit(1);
    Future<RecordedScan> two = submit(2);
    Future<RecordedScan> three = submit(3);
    finish(0);
    recordings.get(1).fail(Failure.of(Failure.Kind.INTERNAL, "poison").asException());
    recordings.get(2).fail(Failure.of(Failure.Kind.INTERNAL, "poison").asException());
    finish(3);
    assertThat(failure(two).kind()).isEqualTo(Failure.Kind.INTERNAL);
    assertThat(three.succeeded()).isTrue();
    List<Future<RecordedScan>> both = submit(4, 6);
    finish(4);
    recordings.get(5).fail(Failure.of(Failure.Kind.UNAVAILABLE, "silent").asException());
    assertThat(failure(both.getLast()).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    assertThat(batches).hasSize(6);
  }

  @Test
  void the_next_batch_is_sent_behind_the_commit_of_the_one_before() {
    Promise<Void> written = Promise.promise();
    List<Promise<List<RecordedScan>>> commits = new ArrayList<>();
    ScanQueue pipelined =
        new ScanQueue(
            rows -> {
              commits.add(Promise.promise());
              return new Recording(written.future(), commits.getLast().future());
            },
            recorded -> {},
            5,
            3);
    Future<RecordedScan> first = pipelined.submit(row(1));
    pipelined.submit(row(2));
    assertThat(commits).hasSize(1);
    written.complete();
    assertThat(commits).hasSize(2);
    assertThat(first.isComplete()).isFalse();
    Future<Void> drained = pipelined.drained();
    commits.forEach(commit -> commit.complete(List.of(recorded())));
    assertThat(first.succeeded()).isTrue();
    assertThat(drained.succeeded()).isTrue();
  }

  private Recording record(List<ScanRow> rows) {
    batches.add(rows.stream().map(row -> row.scan().localSeq()).toList());
    Promise<List<RecordedScan>> promise = Promise.promise();
    recordings.add(promise);
    return new Recording(promise.future(), promise.future());
  }

  private void finish(int recording) {
    recordings
        .get(recording)
        .complete(batches.get(recording).stream().map(scan -> recorded()).toList());
  }

  private List<Future<RecordedScan>> submit(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(this::submit).toList();
  }

  private Future<RecordedScan> submit(long localSeq) {
    return queue.submit(row(localSeq));
  }

  private static RecordedScan recorded() {
    return new RecordedScan(new Verdict.Conflict(), Optional.empty());
  }

  private static ScanRow row(long localSeq) {
    return new ScanRow(
        new SubmitScan(
            KIOSK,
            GATE,
            localSeq,
            ScanSource.NFC,
            "token",
            ScanType.IN,
            Optional.empty(),
            Optional.empty(),
            NOW),
        1,
        Optional.of(Buffer.buffer()),
        Optional.empty(),
        Optional.empty(),
        NOW,
        NOW,
        0);
  }

  private static Failure failure(Future<?> future) {
    return ((FailureException) future.cause()).failure();
  }
}
