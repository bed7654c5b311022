package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.config.NotificationSettings;
import porteria.domain.Channel;

/**
 * Expands, claims and sends for as long as there is work. For one event loop; others may do the
 * same beside it, here and on other nodes.
 */
final class NotificationService {

  private static final Logger LOG = LoggerFactory.getLogger(NotificationService.class);

  private static final int EXPAND_LIMIT = 1_000;

  private final NotificationRepository rows;
  private final Map<Channel, ChannelClient> clients;
  private final NotificationSettings settings;
  private final Settling settling;
  private final InstantSource clock;
  private final SendSlots slots;
  private final Rounds expanding = new Rounds(this::expand, this::checkFinished);
  private final Rounds claiming = new Rounds(this::claim, this::checkFinished);
  private final OutcomeRecorder outcomes;
  private final Promise<Void> finished = Promise.promise();
  private boolean polled;
  private boolean moreWaits;
  private boolean finishing;
  private int underWay;

  NotificationService(
      NotificationRepository rows,
      Map<Channel, ChannelClient> clients,
      NotificationSettings settings,
      InstantSource clock,
      SendSlots slots) {
    this.rows = rows;
    this.clients = Map.copyOf(clients);
    this.settings = settings;
    this.settling = new Settling(settings.staleAfter());
    this.clock = clock;
    this.slots = slots;
    this.outcomes = new OutcomeRecorder(rows, this::look, this::checkFinished);
  }

  /** Looks for work now; while it is looking, once more afterwards. */
  void look() {
    if (!finishing) {
      expanding.wake();
    }
  }

  /** The net under the hints: also what failed before, what fell silent and what became due. */
  void poll() {
    outcomes.flush();
    polled = true;
    look();
    claimMore();
  }

  /** Takes no more work. Completes when the calls under way have ended and are recorded. */
  Future<Void> finish() {
    finishing = true;
    checkFinished();
    return finished.future();
  }

  private void checkFinished() {
    boolean looking = expanding.running() || claiming.running();
    if (finishing && underWay == 0 && !looking && outcomes.empty()) {
      finished.tryComplete();
    }
  }

  /** Whether more announcements may be waiting. */
  private Future<Boolean> expand() {
    return rows.expand(clock.instant(), EXPAND_LIMIT)
        .map(
            taken -> {
              if (taken > 0) {
                claimMore();
              }
              return taken == EXPAND_LIMIT && !finishing;
            });
  }

  private void claimMore() {
    if (!finishing) {
      claiming.wake();
    }
  }

  /**
   * Claims as many as there are free slots, and calls for each at once. If that was not all, each
   * call that ends claims more. What is known already is written first.
   */
  private Future<Boolean> claim() {
    if (outcomes.failing()) {
      return Future.succeededFuture(false);
    }
    boolean overdue = polled;
    polled = false;
    return (overdue ? giveUp() : Future.<Void>succeededFuture())
        .compose(done -> claimInto(finishing ? 0 : slots.takeAll()));
  }

  private Future<Void> giveUp() {
    return rows.giveUp(clock.instant()).map(this::givenUp);
  }

  private @Nullable Void givenUp(List<UUID> ids) {
    if (!ids.isEmpty()) {
      ids.forEach(id -> LOG.warn("notification {} given up", id));
      look();
    }
    return null;
  }

  private Future<Boolean> claimInto(int free) {
    moreWaits = free == 0;
    if (moreWaits) {
      return Future.succeededFuture(false);
    }
    Instant now = clock.instant();
    return rows.claim(now, now.plus(settings.lease()), free)
        .onFailure(error -> slots.giveBack(free))
        .onSuccess(claimed -> dispatch(claimed, free))
        .map(false);
  }

  private void dispatch(List<ClaimedMessage> claimed, int free) {
    slots.giveBack(free - claimed.size());
    moreWaits = claimed.size() == free;
    claimed.forEach(this::send);
  }

  private void send(ClaimedMessage message) {
    underWay++;
    call(message)
        .otherwise(error -> new SendOutcome.Unknown(error.getClass().getSimpleName()))
        .onSuccess(outcome -> ended(message, outcome));
  }

  private Future<SendOutcome> call(ClaimedMessage message) {
    if (message.isPast(clock.instant())) {
      return Future.succeededFuture(
          new SendOutcome.Refused("NOT_SENDABLE", "the link has expired"));
    }
    ChannelClient client = clients.get(message.channel());
    return client == null
        ? Future.succeededFuture(
            new SendOutcome.Refused("NOT_SENDABLE", "no provider for " + message.channel()))
        : client.send(message);
  }

  private void ended(ClaimedMessage message, SendOutcome outcome) {
    underWay--;
    slots.giveBack(1);
    log(message, outcome);
    settling.settle(message, outcome, clock.instant()).ifPresent(outcomes::add);
    if (moreWaits) {
      claimMore();
    }
    checkFinished();
  }

  private static void log(ClaimedMessage message, SendOutcome outcome) {
    switch (outcome) {
      case SendOutcome.Sent sent -> LOG.debug("notification {} sent", message);
      case SendOutcome.Refused refused ->
          LOG.warn("notification {} refused: {}", message, refused.code());
      case SendOutcome.NotNow notNow ->
          LOG.info("notification {} not taken now: {}", message, notNow.code());
      case SendOutcome.Unknown unknown ->
          LOG.warn("notification {} without an answer: {}", message, unknown.why());
    }
  }
}
