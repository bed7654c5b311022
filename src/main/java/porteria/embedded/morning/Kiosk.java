package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A kiosk at a gate: what it reads goes into a queue, first in, first out, with one request under
 * way at a time. What was read without network is sent in batches when the network is back.
 *
 * <p>An item leaves the queue when the server has said its last word on it and not before; a real
 * kiosk keeps the queue on disk. It is the runnable twin of the guide in {@code kiosk-guide/}.
 */
final class Kiosk {
  private static final int BATCH = 500;

  private final Vertx vertx;
  private final KioskLine line;
  private final RetryRules rules;
  private final Demo.Device device;
  private final InstantSource clock;
  private final Duration fast;
  private final Random random;
  private final Consumer<Delivery> delivered;
  private final Consumer<Throwable> broken;
  private final Deque<Queued> queue = new ArrayDeque<>();
  private long nextSeq;
  private List<Queued> underWay = List.of();
  private boolean pausing;
  private boolean offline;
  private boolean closed;
  private boolean unwelcome;
  private int failures;
  private int retries;

  /** A scan on its way. */
  private record Queued(Scan scan, boolean stored, List<Instant> sent) {
    Queued sentAt(Instant now) {
      return new Queued(scan, stored, Stream.concat(sent.stream(), Stream.of(now)).toList());
    }
  }

  /**
   * @param fast how far its clock is ahead
   * @param firstSeq the number of its first scan; one no earlier run has used
   * @param seed of its pauses and of the order in a batch
   * @param delivered told of every final answer
   * @param broken told of what ends the play: a mistake of ours, or an unwelcome kiosk
   */
  Kiosk(
      Vertx vertx,
      KioskLine line,
      RetryRules rules,
      Demo.Device device,
      InstantSource clock,
      Duration fast,
      long firstSeq,
      long seed,
      Consumer<Delivery> delivered,
      Consumer<Throwable> broken) {
    this.vertx = vertx;
    this.line = line;
    this.rules = rules;
    this.device = device;
    this.clock = clock;
    this.fast = fast;
    this.nextSeq = firstSeq;
    this.random = new Random(seed);
    this.delivered = delivered;
    this.broken = broken;
  }

  /** A card is held to it. */
  void tap(Tap tap) {
    queue.add(new Queued(read(tap), offline, List.of()));
    sendNext();
  }

  /** A card is held to it, and what it reads while a request is under way goes in one batch. */
  void tapInRush(Tap tap) {
    queue.add(new Queued(read(tap), true, List.of()));
    sendNext();
  }

  void loseNetwork() {
    offline = true;
  }

  void findNetwork() {
    offline = false;
    sendNext();
  }

  /** Whether every scan has its final answer. */
  boolean isIdle() {
    return waiting() == 0;
  }

  /** Scans without a final answer. */
  int waiting() {
    return queue.size() + underWay.size();
  }

  /** How often a scan was sent again because it had to be. */
  int retries() {
    return retries;
  }

  /** Ends the work: the scans that never got an answer. */
  List<Scan> close() {
    closed = true;
    List<Scan> left = new ArrayList<>();
    underWay.forEach(queued -> left.add(queued.scan()));
    queue.forEach(queued -> left.add(queued.scan()));
    return left;
  }

  private Scan read(Tap tap) {
    Instant now = clock.instant();
    String gate = device.gateId();
    long seq = nextSeq++;
    return new Scan(
        device.deviceId(),
        tap.twist() == Tap.Twist.UNKNOWN_GATE ? "NO-SUCH-" + gate : gate,
        tap.twist() == Tap.Twist.NEGATIVE_SEQ ? -seq : seq,
        tap.card(),
        tap.type(),
        now.plus(fast),
        now,
        tap.expected(),
        false,
        tap.twist());
  }

  private void sendNext() {
    if (offline || pausing || closed || unwelcome || !underWay.isEmpty() || queue.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<Queued> parcel = take().stream().map(queued -> queued.sentAt(now)).toList();
    underWay = parcel;
    send(parcel, now.plus(fast)).map(reply -> settle(parcel, reply)).onFailure(broken::accept);
  }

  private Future<Reply> send(List<Queued> parcel, Instant sentAt) {
    List<Scan> scans = parcel.stream().map(Queued::scan).toList();
    return parcel.getFirst().stored()
        ? line.send(scans, sentAt)
        : line.send(scans.getFirst(), sentAt);
  }

  /** One scan, or as many stored ones as fit a batch, in no order. */
  private List<Queued> take() {
    List<Queued> taken = new ArrayList<>();
    taken.add(queue.remove());
    if (taken.getFirst().stored()) {
      while (taken.size() < BATCH && !queue.isEmpty() && queue.getFirst().stored()) {
        taken.add(queue.remove());
      }
      Collections.shuffle(taken, random);
    }
    return taken;
  }

  /** A kiosk at a gate would now ask to be enrolled; what it holds is sent after that. */
  private void stop(List<Queued> parcel, int status) {
    unwelcome = true;
    putBack(parcel);
    broken.accept(new UnwelcomeKiosk(device.deviceId(), status, waiting()));
  }

  private Void settle(List<Queued> parcel, Reply reply) {
    if (closed) {
      return null;
    }
    underWay = List.of();
    switch (reply) {
      case Reply.Later later -> sendAgain(parcel, later.retryAfter());
      case Reply.Unwelcome refused -> stop(parcel, refused.status());
      case Reply.Judged judged -> settle(parcel, judged.verdicts());
    }
    sendNext();
    return null;
  }

  private void settle(List<Queued> parcel, List<Reply.Verdict> verdicts) {
    List<Queued> again = new ArrayList<>();
    for (int i = 0; i < parcel.size(); i++) {
      switch (verdicts.get(i)) {
        case Reply.Verdict.Retry() -> again.add(parcel.get(i));
        case Reply.Verdict.Final(Answer answer) -> finish(parcel.get(i), answer);
      }
    }
    if (again.isEmpty()) {
      failures = 0;
    } else {
      sendAgain(again, Optional.empty());
    }
  }

  private void finish(Queued queued, Answer answer) {
    Scan scan = queued.scan();
    scan.sequel().ifPresent(sequel -> queue.addFirst(new Queued(sequel, false, List.of())));
    delivered.accept(new Delivery(scan, answer, queued.sent(), clock.instant()));
  }

  private void putBack(List<Queued> parcel) {
    for (Queued queued : parcel.reversed()) {
      queue.addFirst(queued);
    }
  }

  private void sendAgain(List<Queued> parcel, Optional<Duration> retryAfter) {
    putBack(parcel);
    retries += parcel.size();
    failures++;
    pausing = true;
    long pause = Math.max(1, rules.pause(failures, retryAfter, random).toMillis());
    vertx.setTimer(
        pause,
        timer -> {
          pausing = false;
          sendNext();
        });
  }
}
