package porteria.broadcast;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.BroadcastProgressed;
import porteria.bus.BroadcastView;
import porteria.bus.Bus;
import porteria.bus.ViewBroadcast;
import porteria.bus.Watchers;
import porteria.db.Database;
import porteria.domain.Channel;

/** Puts the broadcast feature on the bus, and runs its rounds one after the other. */
public final class BroadcastVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(BroadcastVerticle.class);

  /** Between two looks for broadcasts that dashboards may want to see move. */
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final Bus bus;
  private final Duration poll;
  private final Previews previews;
  private final LaterLooks later;
  private final BroadcastService service;
  private final Reports reports;
  private final Expansion expansion;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
  private @Nullable Watchers watchers;
  private @Nullable ProgressLooks progress;
  private Future<Void> round = Future.succeededFuture();
  private Future<?> glance = Future.succeededFuture();
  private long timer;
  private long glances;
  private boolean hinted;
  private boolean stopped;

  /**
   * @param poll how often it looks for work without a hint
   * @param perSecond messages that each channel's account may send
   */
  public BroadcastVerticle(
      Bus bus,
      Database database,
      AuditTrail trail,
      InstantSource clock,
      Duration poll,
      Map<Channel, Integer> perSecond,
      MeterRegistry registry) {
    BroadcastMeters meters = new BroadcastMeters(registry);
    this.bus = bus;
    this.poll = poll;
    this.previews = new Previews(database, bus, clock, perSecond);
    this.later = new LaterLooks(database, previews);
    Acts acts = new Acts(trail, meters);
    this.service = new BroadcastService(database, acts, bus, clock, meters, this::hint);
    this.reports = new Reports(database, acts);
    this.expansion = new Expansion(database, bus, clock, meters);
  }

  @Override
  public Future<?> start() {
    watchers = new Watchers(vertx);
    progress = new ProgressLooks(vertx, this::show);
    consumers.add(bus.answer(Addresses.BROADCAST_PREVIEW, previews::preview));
    consumers.add(bus.answer(Addresses.BROADCAST_PREVIEWED, later::preview));
    consumers.add(bus.answer(Addresses.BROADCAST_SAMPLE, later::sample));
    consumers.add(bus.answer(Addresses.BROADCAST_SEND, service::send));
    consumers.add(bus.answer(Addresses.BROADCAST_CANCEL, service::cancel));
    consumers.add(bus.answer(Addresses.BROADCAST_RETRY, service::retry));
    consumers.add(bus.answer(Addresses.BROADCAST_REPORT, reports::report));
    consumers.add(bus.answer(Addresses.BROADCAST_VIEW, service::view));
    consumers.add(bus.answer(Addresses.BROADCAST_FIND, service::find));
    glances = vertx.setPeriodic(GLANCE.toMillis(), due -> glance());
    round();
    return Future.succeededFuture();
  }

  /** Takes no more, and lets the chunk under way end. */
  @Override
  public Future<?> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(glances);
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .eventually(() -> round)
        .eventually(() -> glance);
  }

  private void hint() {
    hinted = true;
    if (!stopped && round.isComplete() && vertx.cancelTimer(timer)) {
      round();
    }
  }

  /** One chunk, and the next at once while there are more. */
  private void round() {
    hinted = false;
    round =
        expansion
            .expand()
            .compose(more -> more ? Future.succeededFuture(true) : finish())
            .onFailure(fault -> LOG.warn("a chunk is tried again: {}", fault.toString()))
            .otherwise(false)
            .onSuccess(this::next)
            .mapEmpty();
  }

  private void next(boolean more) {
    if (!stopped) {
      timer = vertx.setTimer(more || hinted ? 1 : poll.toMillis(), due -> round());
    }
  }

  private Future<Boolean> finish() {
    return expansion
        .finish()
        .map(
            ended -> {
              ended.forEach(one -> LOG.info("broadcast {} has ended", one.id()));
              show(ended);
              return false;
            })
        .compose(none -> expansion.forget().map(none));
  }

  /** Only where a dashboard would see it. */
  private void glance() {
    Set<UUID> schools = Objects.requireNonNull(watchers).schools();
    if (glance.isComplete() && !schools.isEmpty()) {
      glance =
          expansion
              .moving(schools)
              .onSuccess(this::show)
              .onFailure(fault -> LOG.warn("no progress is shown: {}", fault.toString()))
              .otherwiseEmpty();
    }
  }

  private void show(List<Expansion.Key> broadcasts) {
    broadcasts.stream()
        .filter(one -> Objects.requireNonNull(watchers).any(one.schoolId()))
        .forEach(one -> Objects.requireNonNull(progress).want(one));
  }

  private Future<Void> show(Expansion.Key one) {
    return service
        .view(new ViewBroadcast(one.schoolId(), one.id()))
        .onSuccess(view -> view.progress().ifPresent(counted -> tell(one, view, counted)))
        .onFailure(fault -> LOG.warn("no progress is shown: {}", fault.toString()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void tell(Expansion.Key one, BroadcastView view, BroadcastView.Progress counted) {
    bus.publish(
        Addresses.BROADCAST_PROGRESSED,
        new BroadcastProgressed(one.schoolId(), one.id(), view.status(), counted));
  }
}
