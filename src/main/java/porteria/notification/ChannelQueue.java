package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.domain.Channel;
import porteria.domain.FailureClass;
import porteria.limits.Grant;
import porteria.notification.ProviderHealth.Permits;

/**
 * One channel's messages on their way: claims as many as its slots, its provider's health and its
 * account's allowance let, and calls for each at once. For one event loop; others do the same
 * beside it, here and on other nodes.
 */
final class ChannelQueue {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelQueue.class);

  /** Every lane; and the one that is for what must not wait. */
  private static final int ALL_LANES = Short.MAX_VALUE;

  private static final int FIRST_LANE = 0;

  /**
   * How long few free slots wait for others, and an instance for slots that others of this node
   * hold; calls take a hundred times as long.
   */
  private static final long GATHER_MILLIS = 5;

  private final Vertx vertx;
  private final Sender sender;
  private final NotificationRepository rows;
  private final OutcomeRecorder outcomes;
  private final SendingPauses pauses;
  private final Settling settling;
  private final Duration lease;
  private final InstantSource clock;
  private final Runnable idle;
  private final Rounds claiming = new Rounds(this::claim, this::rested);
  private boolean finishing;
  private boolean moreWaits;
  private boolean timed;
  private int underWay;

  ChannelQueue(
      Vertx vertx,
      Sender sender,
      NotificationRepository rows,
      OutcomeRecorder outcomes,
      SendingPauses pauses,
      Settling settling,
      Duration lease,
      InstantSource clock,
      Runnable idle) {
    this.vertx = vertx;
    this.sender = sender;
    this.rows = rows;
    this.outcomes = outcomes;
    this.pauses = pauses;
    this.settling = settling;
    this.lease = lease;
    this.clock = clock;
    this.idle = idle;
  }

  Channel channel() {
    return sender.channel();
  }

  /** Claims what there is; while claiming, once more afterwards. */
  void wake() {
    if (!finishing) {
      claiming.wake();
    }
  }

  /** Takes no more work. */
  void finish() {
    finishing = true;
  }

  boolean empty() {
    return underWay == 0 && !claiming.running();
  }

  private void rested() {
    idle.run();
  }

  /**
   * Whether to claim again at once. While outcomes cannot be written nothing is claimed: leases may
   * run out of what is known.
   */
  private Future<Boolean> claim() {
    if (outcomes.failing() || finishing) {
      return Future.succeededFuture(false);
    }
    int places = sender.slots().takeAll();
    int reserved = sender.slots().reserved();
    boolean scarce = places <= reserved;
    Permits permitted = sender.health().permit(scarce ? places : places - reserved);
    sender.slots().giveBack(places - permitted.count());
    moreWaits = permitted.count() == 0;
    if (places == 0 && underWay == 0) {
      wakeIn(GATHER_MILLIS);
    }
    return moreWaits ? Future.succeededFuture(false) : claim(permitted, scarce);
  }

  /**
   * Claims as many as the account's allowance lets.
   *
   * @param scarce whether only the last places are free, which are for the first lane alone
   */
  private Future<Boolean> claim(Permits permitted, boolean scarce) {
    return sender.rate().take(permitted.count()).compose(grant -> claim(permitted, grant, scarce));
  }

  private Future<Boolean> claim(Permits permitted, Grant grant, boolean scarce) {
    int granted = grant.tokens();
    long period = permitted.period();
    giveBackPlaces(permitted.count() - granted, period);
    if (granted == 0) {
      wakeIn(grant.waitMillis());
      return Future.succeededFuture(false);
    }
    Instant now = clock.instant();
    return rows.claim(
            sender.channel(), scarce ? FIRST_LANE : ALL_LANES, now, now.plus(lease), granted)
        .onFailure(error -> notNeeded(granted, period))
        .compose(
            claimed -> {
              boolean all = claimed.size() == granted;
              moreWaits = all || scarce;
              notNeeded(granted - claimed.size(), period);
              return dispatch(claimed, period).map(all);
            });
  }

  private Future<Void> dispatch(List<ClaimedMessage> claimed, long period) {
    underWay += claimed.size();
    List<ClaimedMessage> fit = new ArrayList<>(claimed.size());
    for (ClaimedMessage message : claimed) {
      unfit(message).ifPresentOrElse(why -> uncalled(message, why, period), () -> fit.add(message));
    }
    return sender
        .recipients()
        .admit(fit)
        .onSuccess(refusals -> call(fit, refusals, period))
        .mapEmpty();
  }

  private Optional<SendOutcome.Failed> unfit(ClaimedMessage message) {
    if (message.isPast(clock.instant())) {
      return Optional.of(
          new SendOutcome.Failed(FailureClass.STALE, "STALE", "the link has expired"));
    }
    if (!message.wanted()) {
      return Optional.of(
          new SendOutcome.Failed(
              FailureClass.NOT_WANTED, "NOT_WANTED", "nobody at this address wants it any more"));
    }
    return pauses.of(message);
  }

  private void call(
      List<ClaimedMessage> messages, List<Optional<SendOutcome.Failed>> refusals, long period) {
    for (int i = 0; i < messages.size(); i++) {
      ClaimedMessage message = messages.get(i);
      refusals.get(i).ifPresentOrElse(why -> uncalled(message, why, period), () -> call(message));
    }
  }

  private void call(ClaimedMessage message) {
    long begun = System.nanoTime();
    Future.succeededFuture()
        .compose(begin -> sender.client().send(message))
        .otherwise(error -> new SendOutcome.Unknown(error.getClass().getSimpleName()))
        .onSuccess(
            outcome -> {
              Duration took = Duration.ofNanos(System.nanoTime() - begun);
              sender.health().answered(outcome, took);
              sender.meters().ended(outcome, took);
              sender.slots().giveBack(1);
              settle(message, outcome, now -> settling.settle(message, outcome, now));
            });
  }

  /** It was not offered to the provider. */
  private void uncalled(ClaimedMessage message, SendOutcome.Failed why, long period) {
    sender.meters().ended(why, Duration.ZERO);
    notNeeded(1, period);
    settle(message, why, now -> settling.unoffered(message, why, now));
  }

  private void settle(
      ClaimedMessage message, SendOutcome outcome, Function<Instant, Settlement> decision) {
    log(message, outcome);
    consequences(message, outcome)
        .onComplete(
            done -> {
              underWay--;
              outcomes.add(decision.apply(clock.instant()));
              if (moreWaits) {
                claimMore();
              }
              idle.run();
            });
  }

  /** A claim costs a plan and a commit however few it takes, so a backlog is claimed in batches. */
  private void claimMore() {
    if (sender.slots().manyFree()) {
      wake();
    } else {
      wakeIn(GATHER_MILLIS);
    }
  }

  /** What a refusal means for the messages after this one. */
  private Future<Void> consequences(ClaimedMessage message, SendOutcome outcome) {
    if (!(outcome instanceof SendOutcome.Failed failed)) {
      return Future.succeededFuture();
    }
    if (failed.failureClass() == FailureClass.SENDER_RATE) {
      sender.rate().pause(Settling.senderPause(failed));
    }
    return pauses.after(message.channel(), message.wording(), failed);
  }

  private void notNeeded(int messages, long period) {
    giveBackPlaces(messages, period);
    sender.rate().giveBack(messages);
  }

  private void giveBackPlaces(int places, long period) {
    sender.health().giveBack(places, period);
    sender.slots().giveBack(places);
  }

  private void wakeIn(long millis) {
    if (!timed) {
      timed = true;
      vertx.setTimer(
          Math.max(1, millis),
          over -> {
            timed = false;
            wake();
          });
    }
  }

  private static void log(ClaimedMessage message, SendOutcome outcome) {
    Channel channel = message.channel();
    switch (outcome) {
      case SendOutcome.Sent sent -> LOG.debug("notification {} sent by {}", message, channel);
      case SendOutcome.Failed failed ->
          LOG.warn(
              "notification {} not sent by {}: {} {}",
              message,
              channel,
              failed.failureClass(),
              failed.code());
      case SendOutcome.Unknown unknown ->
          LOG.warn("notification {} without an answer of {}: {}", message, channel, unknown.why());
    }
  }
}
