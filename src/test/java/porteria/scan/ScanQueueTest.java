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
import porteria.domain.CardTokens;
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
      new Kiosk(
          UUID.randomUUID(),
          UUID.randomUUID(),
          "K",
          ZoneOffset.UTC,
          Optional.empty(),
          Map.of("NORTE", GATE));

  private final List<List<Long>> batches = new ArrayList<>();
  private final List<Promise<List<RecordedScan>>> recordings = new ArrayList<>();
  private final ScanQueue queue = new ScanQueue(this::record, recorded -> {}, 5, 3);

  @Test
  void a_full_queue_tells_the_kiosk_to_come_back_and_takes_no_more() {
    // Two are being recorded and never done; five wait.
    List<Future<RecordedScan>> taken = submit(1, 7);
    Future<RecordedScan> refused = submit(8);
    assertThat(taken).noneMatch(Future::isComplete);
    assertThat(refused.failed()).isTrue();
    assertThat(failure(refused).kind()).isEqualTo(Failure.Kind.OVERLOADED);
    assertThat(failure(refused).kind().status()).isEqualTo(503);
    assertThat(batches).containsExactly(List.of(1L), List.of(2L));
  }

  @Test
  void there_is_room_again_when_a_batch_is_recorded() {
    submit(1, 7);
    finish(0);
    assertThat(submit(8).failed()).isFalse();
    assertThat(batches).containsExactly(List.of(1L), List.of(2L), List.of(3L, 4L, 5L));
  }

  @Test
  void two_of_one_number_never_share_a_batch() {
    submit(1, 3);
    submit(3);
    submit(4);
    finish(0);
    finish(1);
    finish(2);
    assertThat(batches).containsExactly(List.of(1L), List.of(2L), List.of(3L, 4L), List.of(3L));
  }

  @Test
  void it_is_drained_when_nothing_waits_and_nothing_is_recorded() {
    assertThat(queue.drained().succeeded()).isTrue();
    submit(1, 3);
    Future<Void> drained = queue.drained();
    finish(0);
    finish(1);
    assertThat(drained.isComplete()).isFalse();
    finish(2);
    assertThat(drained.succeeded()).isTrue();
  }

  @Test
  void a_fault_of_the_statement_is_tried_alone_and_a_silent_database_is_not() {
    submit(1, 2);
    // Three and four share the third batch.
    Future<RecordedScan> three = submit(3);
    Future<RecordedScan> four = submit(4);
    finish(0);
    finish(1);
    recordings.get(2).fail(Failure.of(Failure.Kind.INTERNAL, "poison").asException());
    recordings.get(3).fail(Failure.of(Failure.Kind.INTERNAL, "poison").asException());
    finish(4);
    assertThat(batches).endsWith(List.of(3L, 4L), List.of(3L), List.of(4L));
    assertThat(failure(three).kind()).isEqualTo(Failure.Kind.INTERNAL);
    assertThat(four.succeeded()).isTrue();
    Future<RecordedScan> five = submit(5);
    recordings.get(5).fail(Failure.of(Failure.Kind.UNAVAILABLE, "silent").asException());
    assertThat(failure(five).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    assertThat(batches).hasSize(6);
  }

  @Test
  void a_second_batch_is_sent_ahead_when_it_has_as_many_rows_as_the_first_and_a_third_never() {
    submit(1);
    submit(2);
    submit(3, 5);
    assertThat(batches).containsExactly(List.of(1L), List.of(2L));
    finish(1);
    assertThat(batches).hasSize(3).last().isEqualTo(List.of(3L, 4L, 5L));
    submit(6, 7);
    finish(0);
    assertThat(batches).hasSize(3);
    submit(8);
    assertThat(batches).hasSize(4).last().isEqualTo(List.of(6L, 7L, 8L));
  }

  private Future<List<RecordedScan>> record(List<ScanRow> rows) {
    batches.add(rows.stream().map(row -> row.scan().localSeq()).toList());
    Promise<List<RecordedScan>> promise = Promise.promise();
    recordings.add(promise);
    return promise.future();
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
        Optional.of(new CardTokens.Reading.Card(Buffer.buffer(), List.of())),
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
