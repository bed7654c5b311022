package porteria.live;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.DayView;
import porteria.bus.HeldAlarms;
import porteria.bus.ScanRecorded;
import porteria.bus.ViewAlarms;
import porteria.bus.ViewDay;
import porteria.bus.ViewSending;
import porteria.bus.Watchers;

/**
 * Gathers a school's changes for a tick, adds the counts, and publishes them as one frame; and says
 * how far imports have come.
 */
public final class LiveVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(LiveVerticle.class);
  private static final DeliveryOptions THIS_NODE = new DeliveryOptions().setLocalOnly(true);

  private final Bus bus;
  private final Duration tick;
  private final Map<UUID, PendingFrame> pending = new HashMap<>();
  private final Set<UUID> reading = new HashSet<>();
  private @Nullable Watchers watchers;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

  public LiveVerticle(Bus bus, Duration tick) {
    this.bus = bus;
    this.tick = tick;
  }

  @Override
  public Future<?> start() {
    watchers = new Watchers(vertx);
    ImportFrames imports =
        new ImportFrames(vertx, progress -> send(progress.schoolId(), progress.toJson()));
    consumers.add(bus.on(Addresses.SCAN_RECORDED, this::gather));
    consumers.add(
        bus.on(
            Addresses.IMPORT_PROGRESSED,
            progress -> {
              if (isWatched(progress.schoolId())) {
                imports.take(progress);
              }
            }));
    BroadcastFrames broadcasts =
        new BroadcastFrames(vertx, progress -> send(progress.schoolId(), progress.toJson()));
    consumers.add(
        bus.on(
            Addresses.BROADCAST_PROGRESSED,
            progress -> {
              if (isWatched(progress.schoolId())) {
                broadcasts.take(progress);
              }
            }));
    consumers.add(bus.on(Addresses.ALARMS_CHANGED, changed -> alarms(changed.schoolId())));
    consumers.add(bus.on(Addresses.ABSENCE_CHANGED, changed -> alarms(changed.schoolId())));
    consumers.add(bus.on(Addresses.SENDING_CHANGED, changed -> sending()));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
  }

  private void gather(ScanRecorded recorded) {
    UUID school = recorded.schoolId();
    if (!isWatched(school)) {
      return;
    }
    PendingFrame frame = pending.get(school);
    if (frame == null) {
      frame = new PendingFrame();
      pending.put(school, frame);
      vertx.setTimer(tick.toMillis(), due -> publish(school));
    }
    frame.add(recorded.changes());
  }

  private boolean isWatched(UUID school) {
    return watchers != null && watchers.any(school);
  }

  /** What comes while the counts are read waits for the next tick. */
  private void publish(UUID school) {
    if (!reading.add(school)) {
      vertx.setTimer(tick.toMillis(), due -> publish(school));
      return;
    }
    PendingFrame frame = Objects.requireNonNull(pending.remove(school));
    bus.request(Addresses.ATTENDANCE_DAY, new ViewDay(school, Optional.empty(), 0))
        .onComplete(read -> reading.remove(school))
        .onSuccess(day -> send(school, frame.toJson(day)))
        .onFailure(
            error -> LOG.warn("school {}: a frame is left out: {}", school, error.getMessage()));
  }

  /** The alarms as they stand and the counts that go with them; a frame of its own, unnumbered. */
  private void alarms(UUID school) {
    if (!isWatched(school)) {
      return;
    }
    Future<HeldAlarms> alarms = bus.request(Addresses.ALARMS_VIEW, new ViewAlarms(school));
    Future<DayView> day =
        bus.request(Addresses.ATTENDANCE_DAY, new ViewDay(school, Optional.empty(), 0));
    Future.all(alarms, day)
        .onSuccess(
            read ->
                send(
                    school,
                    new JsonObject()
                        .put("type", "alarms")
                        .put("date", day.result().date().toString())
                        .put("alarms", alarms.result().toJson())
                        .put("totals", day.result().totals().toJson())
                        .put("courses", day.result().coursesToJson())))
        .onFailure(
            error -> LOG.warn("school {}: alarms are left out: {}", school, error.getMessage()));
  }

  /** How sending stands, to all: the pauses are everybody's. */
  private void sending() {
    Set<UUID> watched = watchers == null ? Set.of() : watchers.schools();
    for (UUID school : watched) {
      bus.request(Addresses.SENDING_VIEW, new ViewSending(school))
          .onSuccess(
              view ->
                  send(
                      school,
                      new JsonObject().put("type", "sending").put("sending", view.toJson())))
          .onFailure(
              error -> LOG.warn("school {}: sending is left out: {}", school, error.getMessage()));
    }
  }

  private void send(UUID school, JsonObject frame) {
    vertx.eventBus().publish(Addresses.clientSchool(school), frame, THIS_NODE);
  }
}
