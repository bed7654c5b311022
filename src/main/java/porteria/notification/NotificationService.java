package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Expands what is owed, keeps the outbox in order and wakes the channels, for as long as there is
 * work. For one event loop; others may do the same beside it, here and on other nodes.
 */
final class NotificationService {

  private static final Logger LOG = LoggerFactory.getLogger(NotificationService.class);

  private static final int EXPAND_LIMIT = 1_000;

  private final NotificationRepository rows;
  private final Upkeep upkeep;
  private final SendingPauses pauses;
  private final InstantSource clock;
  private final Rounds beginning = new Rounds(this::begin, this::checkFinished);
  private final Rounds expanding = new Rounds(this::expand, this::checkFinished);
  private final Rounds keeping = new Rounds(this::keep, this::checkFinished);
  private final Rounds standingIn = new Rounds(this::standIn, this::checkFinished);
  private final OutcomeRecorder outcomes;
  private final Promise<Void> finished = Promise.promise();
  private List<ChannelQueue> channels = List.of();
  private boolean begun;
  private boolean finishing;

  NotificationService(
      Vertx vertx,
      NotificationRepository rows,
      Upkeep upkeep,
      SendingPauses pauses,
      InstantSource clock) {
    this.rows = rows;
    this.upkeep = upkeep;
    this.pauses = pauses;
    this.clock = clock;
    this.outcomes = new OutcomeRecorder(vertx, rows, this::recorded, this::checkFinished);
  }

  /** Where the channels leave what came of their calls. */
  OutcomeRecorder outcomes() {
    return outcomes;
  }

  /**
   * Begins, as soon as the database answers: before that nothing is claimed or given up.
   *
   * @param queues each told {@link #checkFinished} when it comes to rest
   */
  void start(List<ChannelQueue> queues) {
    channels = List.copyOf(queues);
    poll();
  }

  /** Looks for announcements now; while it is looking, once more afterwards. */
  void look() {
    if (working()) {
      expanding.wake();
    }
  }

  /** The net under the hints: also what failed before, what fell silent and what became due. */
  void poll() {
    outcomes.flush();
    if (working()) {
      keeping.wake();
      standingIn.wake();
      look();
    } else if (!finishing) {
      beginning.wake();
    }
  }

  /** Something was paused or resumed. */
  void pausesChanged() {
    if (working()) {
      keeping.wake();
    }
  }

  /** The provider said that messages failed, or that some came to their end. */
  void ended() {
    look();
    if (working()) {
      standingIn.wake();
    }
  }

  /** Takes no more work. Completes when the calls under way have ended and are recorded. */
  Future<Void> finish() {
    finishing = true;
    channels.forEach(ChannelQueue::finish);
    checkFinished();
    return finished.future();
  }

  void checkFinished() {
    boolean looking =
        beginning.running() || expanding.running() || keeping.running() || standingIn.running();
    if (finishing
        && !looking
        && outcomes.empty()
        && channels.stream().allMatch(ChannelQueue::empty)) {
      finished.tryComplete();
    }
  }

  private boolean working() {
    return begun && !finishing;
  }

  /** While no node was up, nobody took what the provider said: it is given time to say it again. */
  private Future<Boolean> begin() {
    return upkeep
        .bePatientAgain(clock.instant())
        .onFailure(fault -> LOG.warn("sending has not begun: {}", fault.toString()))
        .map(
            given -> {
              begun = true;
              poll();
              return false;
            });
  }

  /** Whether more announcements may be waiting. */
  private Future<Boolean> expand() {
    return rows.expand(clock.instant(), EXPAND_LIMIT)
        .map(
            expanded -> {
              channels.stream()
                  .filter(queue -> expanded.channels().contains(queue.channel()))
                  .forEach(ChannelQueue::wake);
              return expanded.taken() == EXPAND_LIMIT && !finishing;
            });
  }

  /** Sends what is queued, once the outbox is in order. */
  void wakeChannels() {
    if (working()) {
      channels.forEach(ChannelQueue::wake);
    }
  }

  /** What is known already is written before anything is taken for silent. */
  private Future<Boolean> keep() {
    if (outcomes.failing()) {
      return Future.succeededFuture(false);
    }
    Instant now = clock.instant();
    return pauses
        .refresh()
        .compose(read -> upkeep.release(now))
        .compose(released -> upkeep.giveUp(now))
        .map(this::givenUp)
        .compose(ended -> upkeep.unpark())
        .compose(resumed -> upkeep.uncap())
        .map(
            resumed -> {
              wakeChannels();
              return false;
            });
  }

  private @Nullable Void givenUp(List<UUID> ids) {
    if (!ids.isEmpty()) {
      ids.forEach(id -> LOG.warn("notification {} given up", id));
      look();
    }
    return null;
  }

  /** Whether more mails may be owed. */
  private Future<Boolean> standIn() {
    return upkeep
        .standIn(clock.instant())
        .map(
            owed -> {
              if (owed > 0) {
                wakeChannels();
              }
              return owed >= Upkeep.STAND_IN_LIMIT && !finishing;
            });
  }

  private void recorded(OutcomeRecorder.Recorded recorded) {
    if (recorded.recalled()) {
      look();
    }
    if (recorded.failed() && working()) {
      standingIn.wake();
    }
    upkeep
        .strike(recorded.unreachable(), clock.instant())
        .onFailure(fault -> LOG.warn("refusals not counted: {}", fault.toString()));
  }
}
