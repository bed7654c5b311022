package porteria.schedule;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.LiveChange;
import porteria.bus.ScanRecorded;
import porteria.config.NoShowSettings;
import porteria.db.Database;

/** Puts the schedule feature on the bus, and runs its rounds one after the other. */
public final class ScheduleVerticle extends VerticleBase {

  /** Scans of a rush are looked at together. */
  private static final Duration GATHER = Duration.ofMillis(250);

  private final Bus bus;
  private final NoShowSettings settings;
  private final HoursService hours;
  private final NoShowService noShows;
  private final DiscrepancyRepository discrepancies;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
  private Future<Void> round = Future.succeededFuture();
  private long timer;
  private boolean hinted;
  private boolean stopped;

  public ScheduleVerticle(
      Bus bus,
      Database database,
      AuditTrail trail,
      InstantSource clock,
      NoShowSettings settings,
      Duration darkAfter) {
    this.bus = bus;
    this.settings = settings;
    this.noShows =
        new NoShowService(
            new NoShowRepository(database, settings, darkAfter), database, trail, bus, clock);
    this.hours = new HoursService(database, trail, clock, this::replan);
    this.discrepancies = new DiscrepancyRepository(database, clock);
  }

  @Override
  public Future<?> start() {
    consumers.add(bus.answer(Addresses.SCHEDULE_HOURS, hours::hours));
    consumers.add(bus.answer(Addresses.SCHEDULE_EXCEPT, hours::except));
    consumers.add(bus.answer(Addresses.SCHEDULE_WITHDRAW, hours::withdraw));
    consumers.add(bus.answer(Addresses.SCHEDULE_EXCEPTIONS, hours::exceptions));
    consumers.add(bus.answer(Addresses.ALARMS_VIEW, noShows::held));
    consumers.add(bus.answer(Addresses.ALARMS_RELEASE, noShows::release));
    consumers.add(bus.answer(Addresses.ATTENDANCE_DISCREPANCIES, discrepancies::find));
    consumers.add(bus.on(Addresses.SCAN_RECORDED, this::scanned));
    consumers.add(bus.on(Addresses.ROSTER_CHANGED, changed -> replan()));
    consumers.add(bus.on(Addresses.DEVICE_REPORTED, reported -> hint()));
    consumers.add(bus.on(Addresses.ABSENCE_CHANGED, changed -> hint()));
    round();
    return Future.succeededFuture();
  }

  /** Takes no more, and lets the round under way end. */
  @Override
  public Future<?> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .eventually(() -> round);
  }

  private void replan() {
    noShows.replan();
    hint();
  }

  private void scanned(ScanRecorded recorded) {
    recorded.changes().stream()
        .map(LiveChange::occurredAt)
        .min(Comparator.naturalOrder())
        .ifPresent(
            earliest -> {
              noShows.scanned(recorded.schoolId(), earliest);
              hint();
            });
  }

  private void hint() {
    if (!hinted) {
      hinted = true;
      if (round.isComplete() && vertx.cancelTimer(timer)) {
        timer = vertx.setTimer(GATHER.toMillis(), due -> round());
      }
    }
  }

  private void round() {
    hinted = false;
    round =
        noShows
            .round()
            .onComplete(
                ended -> {
                  if (!stopped) {
                    Duration pause = hinted ? GATHER : settings.poll();
                    timer = vertx.setTimer(pause.toMillis(), due -> round());
                  }
                });
  }
}
