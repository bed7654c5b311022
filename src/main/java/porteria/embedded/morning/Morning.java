package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Plays one morning: taps happen at their times, kiosks deliver what they hold, families are told
 * or not, and that is judged.
 */
final class Morning {
  private static final Duration CLOCK_AHEAD = Duration.ofMinutes(11);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Vertx vertx;
  private final InstantSource clock;
  private final Plan plan;
  private final Progress progress;
  private final Script script;
  private final Instant start;
  private final Ledger ledger;
  private final Inbox inbox;
  private final Photos photos;
  private final List<Kiosk> kiosks = new ArrayList<>();
  private final Promise<Void> end = Promise.promise();

  /**
   * @param school whose morning it is
   * @param others pupils of other schools, whose cards are tried here
   */
  Morning(
      Vertx vertx,
      WebClient client,
      WebClient photoClient,
      InstantSource clock,
      Demo demo,
      Demo.School school,
      List<Demo.Pupil> others,
      Plan plan,
      Progress progress) {
    this.vertx = vertx;
    this.clock = clock;
    this.plan = plan;
    this.progress = progress;
    this.script = Script.write(plan.seed(), plan.duration(), school, others);
    this.start = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    this.ledger = new Ledger(school.zone(), plan.earlierRun());
    this.inbox = new Inbox(client, demo.simulatorUrl(), start);
    this.photos = new Photos(photoClient, demo.baseUrl());
    for (Demo.Device device : school.devices()) {
      kiosks.add(kiosk(client, demo, device));
    }
  }

  /**
   * Plays it, to be called on the event loop that everything shall run on. Fails when the
   * simulator's inbox cannot be read at the beginning or at the end.
   */
  Future<Report> play() {
    return inbox
        .dropped()
        .compose(
            before ->
                acts()
                    .compose(played -> inbox.update())
                    .compose(updated -> inbox.dropped())
                    .map(after -> report(after - before)));
  }

  private Future<Void> acts() {
    schedule();
    until(plan.duration(), () -> false)
        .compose(over -> until(plan.patience(), this::isDelivered))
        .compose(delivered -> close())
        .compose(closed -> until(plan.deadline(), () -> matching().missing().isEmpty()))
        .compose(told -> until(plan.settling(), () -> false))
        .onSuccess(settled -> end.tryComplete())
        .onFailure(end::tryFail);
    return end.future();
  }

  private void schedule() {
    for (Tap tap : script.taps()) {
      at(tap.at(), () -> kiosks.get(tap.kiosk()).tap(tap));
    }
    Script.Outage outage = script.outage();
    Kiosk dark = kiosks.get(outage.kiosk());
    at(outage.from(), dark::loseNetwork);
    at(outage.until(), dark::findNetwork);
  }

  private void at(Duration sinceStart, Runnable act) {
    vertx.setTimer(Math.max(1, sinceStart.toMillis()), timer -> act.run());
  }

  /** Looks at the inbox again and again until this is so, or for as long as that. */
  private Future<Void> until(Duration longest, BooleanSupplier done) {
    return lookUntil(clock.instant().plus(longest), done);
  }

  private Future<Void> lookUntil(Instant end, BooleanSupplier done) {
    // The server may be restarted while it plays, and the simulator with it: the last look counts.
    return inbox
        .update()
        .recover(unreadable -> Future.succeededFuture())
        .compose(
            looked -> {
              showProgress();
              return done.getAsBoolean() || !clock.instant().isBefore(end)
                  ? Future.succeededFuture()
                  : vertx
                      .timer(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)
                      .compose(later -> lookUntil(end, done));
            });
  }

  private boolean isDelivered() {
    return kiosks.stream().allMatch(Kiosk::isIdle) && photos.isIdle();
  }

  private Future<Void> close() {
    kiosks.forEach(kiosk -> kiosk.close().forEach(ledger::enterLost));
    return Future.succeededFuture();
  }

  private void showProgress() {
    int owed = ledger.obligations().size();
    progress.show(
        Duration.between(start, clock.instant()),
        ledger.counts().sent(),
        kiosks.stream().mapToInt(Kiosk::waiting).sum(),
        matching().delays().size(),
        owed);
  }

  private Matching matching() {
    return Matching.of(ledger.obligations(), inbox.messages());
  }

  private Report report(long dropped) {
    progress.end();
    List<String> mistakes = new ArrayList<>(ledger.mistakes());
    if (dropped > 0) {
      mistakes.add("the simulator threw " + dropped + " messages away for lack of room");
    }
    return new Report(
        ledger.counts(),
        kiosks.stream().mapToInt(Kiosk::retries).sum(),
        new Delays(ledger.answerTimes()),
        ledger.obligations().size(),
        matching(),
        photos.counts(),
        List.copyOf(mistakes));
  }

  private Kiosk kiosk(WebClient client, Demo demo, Demo.Device device) {
    int number = kiosks.size();
    return new Kiosk(
        vertx,
        new KioskLine(client, demo.baseUrl(), device.token(), plan.rules().timeout()),
        plan.rules(),
        device,
        clock,
        number == script.fastKiosk() ? CLOCK_AHEAD : Duration.ZERO,
        // A run uses far fewer numbers than it lasts milliseconds, so no later run meets them, even
        // if all files of this one are lost.
        start.toEpochMilli(),
        plan.seed() + number,
        delivery -> {
          ledger.enter(delivery);
          photos.take(device, delivery);
        },
        end::tryFail);
  }
}
