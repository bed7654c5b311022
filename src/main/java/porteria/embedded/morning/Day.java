package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import porteria.domain.ScanType;

/**
 * Plays one day of a school by the public API, and judges it at its end. What it does not see told
 * at once it waits for only then: a slow machine is late and not wrong.
 */
final class Day {
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final WebClient client;
  private final Demo demo;
  private final Demo.School school;
  private final ServerClock clock;
  private final LocalDate date;
  private final DayLedger ledger;
  private final DayScript script;
  private final DayProgress progress;
  private final Office director;
  private final Inbox inbox;
  private final List<Gate> gates = new ArrayList<>();
  private final Promise<Void> end = Promise.promise();
  private StaffView heldWhileDark;

  private Day(
      Vertx vertx,
      WebClient client,
      Demo demo,
      Demo.School school,
      ServerClock clock,
      Office director,
      DayScript script,
      DayProgress progress) {
    this.vertx = vertx;
    this.client = client;
    this.demo = demo;
    this.school = school;
    this.clock = clock;
    this.date = today(clock, school);
    this.director = director;
    this.script = script;
    this.progress = progress;
    this.ledger = new DayLedger(school.zone(), script);
    this.inbox = new Inbox(client, demo.simulatorUrl(), Instant.EPOCH);
    school.devices().forEach(device -> gates.add(gate(device)));
    this.heldWhileDark = held(new JsonObject());
  }

  /**
   * Plays the day of a school, to be called on the event loop that everything shall run on. Fails
   * when the server does not say the hours of its courses, or the inbox cannot be read at the end.
   *
   * @param seed of everything that is drawn
   * @param speed seconds of the server's clock in one
   */
  static Future<DayReport> play(
      Vertx vertx,
      WebClient client,
      Demo demo,
      Demo.School school,
      long seed,
      int speed,
      DayProgress progress) {
    return ServerClock.ask(vertx, client, demo, school.devices().getFirst(), speed)
        .compose(
            clock -> {
              Office director =
                  new Office(vertx, client, clock, demo.baseUrl(), school.staff("DIRECTOR"));
              return hours(school, director, today(clock, school))
                  .map(hours -> DayScript.write(seed, school, hours))
                  .map(
                      script ->
                          new Day(vertx, client, demo, school, clock, director, script, progress));
            })
        .compose(Day::play);
  }

  private static LocalDate today(ServerClock clock, Demo.School school) {
    return LocalDate.ofInstant(clock.instant(), school.zone());
  }

  private static Future<Map<String, DayScript.Hours>> hours(
      Demo.School school, Office office, LocalDate date) {
    Map<String, DayScript.Hours> hours = new HashMap<>();
    List<Future<?>> asked = new ArrayList<>();
    school.pupils().stream()
        .map(Demo.Pupil::courseId)
        .distinct()
        .forEach(
            course ->
                asked.add(office.hours(course, date).onSuccess(each -> hours.put(course, each))));
    return Future.all(asked).map(hours);
  }

  private Future<DayReport> play() {
    // Who was to come before now comes at once, which is still in time.
    if (!clock.instant().isBefore(at(DayScript.EXCEPTION))) {
      return Future.failedFuture("the server's clock is later than " + DayScript.EXCEPTION);
    }
    schedule();
    closeCourses();
    lookUntil(at(DayScript.END), () -> false)
        .compose(over -> lookFor(PATIENCE, this::isDelivered))
        .compose(delivered -> close())
        .compose(closed -> lookFor(PATIENCE, () -> judgement().missing().isEmpty()))
        .compose(told -> lookFor(SETTLING, () -> false))
        .onSuccess(settled -> end.tryComplete())
        .onFailure(end::tryFail);
    return end.future()
        .compose(ended -> inbox.update())
        .compose(updated -> inbox.dropped())
        .compose(dropped -> director.discrepancies().map(found -> report(dropped, found)));
  }

  private void schedule() {
    Duration every = HEARTBEAT.dividedBy(clock.speed());
    gates.forEach(gate -> gate.report(every));
    for (DayScript.Visit visit : script.visits()) {
      visit.in().ifPresent(entry -> tap(visit, entry, ScanType.IN));
      visit.out().ifPresent(exit -> tap(visit, exit, ScanType.OUT));
    }
    DayScript.Visit mistaken = script.mistaken();
    mistaken
        .out()
        .ifPresent(
            exit ->
                tap(
                    mistaken,
                    new DayScript.Passage(DayScript.MISTAKE, exit.kiosk()),
                    ScanType.OUT));
    Gate dark = gates.get(DayScript.DARK_KIOSK);
    when(DayScript.DARK_FROM, dark::loseNetwork);
    when(DayScript.DARK_UNTIL, dark::findNetwork);
    when(
        DayScript.EXCEPTION,
        () -> must(director.move(script.movedCourse(), date, DayScript.MOVED_TO)));
    when(DayScript.EXCUSES, this::askToExcuse);
    when(DayScript.LONGEST_HOLD, this::checkPace);
    when(DayScript.ANNULMENT, this::annul);
  }

  /** One family after the other; the last waits for its answer all day. */
  private void askToExcuse() {
    Family family = new Family(vertx, client, inbox, demo.baseUrl(), school.slug());
    List<Demo.Pupil> pupils = script.excused();
    Future<?> asked = Future.succeededFuture();
    for (Demo.Pupil pupil : pupils) {
      boolean answered = !pupil.equals(pupils.getLast());
      asked =
          asked
              .compose(before -> family.excuse(pupil, date))
              .compose(
                  request ->
                      answered
                          ? director
                              .approve(request)
                              .onSuccess(approved -> ledger.enterExcused(pupil, date))
                              .<Void>mapEmpty()
                          : Future.<Void>succeededFuture());
    }
    asked.onFailure(error -> ledger.enterMistake(String.valueOf(error.getMessage())));
  }

  private void closeCourses() {
    Future<JsonObject> closed = Future.succeededFuture();
    for (String course : script.closedCourses()) {
      closed = closed.compose(before -> director.close(course, date));
    }
    must(closed);
  }

  private void tap(DayScript.Visit visit, DayScript.Passage passage, ScanType type) {
    Tap tap = new Tap(Duration.ZERO, passage.kiosk(), Card.nfc(visit.pupil()), type);
    when(passage.at(), () -> gates.get(passage.kiosk()).kiosk().tapInRush(tap));
  }

  private void annul() {
    ledger
        .mistakenEvent()
        .ifPresentOrElse(
            event -> must(director.annul(event)),
            () -> ledger.enterMistake("the exit at noon had no answer when it was to be annulled"));
  }

  /** What is not sent by then makes alarms of whoever came, and rightly so. */
  private void checkPace() {
    if (!isDelivered()) {
      ledger.enterMistake(
          "kiosks still held %d scans when alarms could be held no longer: this machine is too slow for CLOCK_SPEED=%d"
              .formatted(waiting(), clock.speed()));
    }
  }

  private void when(LocalTime time, Runnable act) {
    vertx.setTimer(clock.until(at(time)).toMillis(), timer -> act.run());
  }

  private Instant at(LocalTime time) {
    return date.atTime(time).atZone(school.zone()).toInstant();
  }

  private void must(Future<JsonObject> act) {
    act.onFailure(error -> ledger.enterMistake(String.valueOf(error.getMessage())));
  }

  /** Looks again and again until this is so, or for as long as that. */
  private Future<Void> lookFor(Duration longest, BooleanSupplier done) {
    return lookUntil(clock.instant().plus(longest.multipliedBy(clock.speed())), done);
  }

  private Future<Void> lookUntil(Instant until, BooleanSupplier done) {
    return inbox
        .update()
        .recover(unreadable -> Future.succeededFuture())
        .compose(looked -> lookAtAlarms())
        .compose(
            looked -> {
              progress.show(
                  LocalTime.ofInstant(clock.instant(), school.zone()),
                  ledger,
                  waiting(),
                  judgement());
              return done.getAsBoolean() || !clock.instant().isBefore(until)
                  ? Future.succeededFuture()
                  : vertx
                      .timer(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)
                      .compose(later -> lookUntil(until, done));
            });
  }

  /** What staff see while the gate is dark; scans on their way may make it more for a moment. */
  private Future<Void> lookAtAlarms() {
    LocalTime now = LocalTime.ofInstant(clock.instant(), school.zone());
    if (now.isBefore(script.firstCutOff()) || !now.isBefore(DayScript.DARK_UNTIL)) {
      return Future.succeededFuture();
    }
    return director
        .alarms()
        .onSuccess(
            seen -> {
              if (!heldWhileDark.isGood() && isDarkStill()) {
                heldWhileDark = held(seen);
              }
            })
        .<Void>mapEmpty()
        .recover(unanswered -> Future.succeededFuture());
  }

  private StaffView held(JsonObject alarms) {
    String darkGate = gates.get(DayScript.DARK_KIOSK).device().gateId();
    return StaffView.held(alarms, darkGate, ledger.unseen(DayScript.DARK_UNTIL));
  }

  private boolean isDarkStill() {
    return clock.instant().isBefore(at(DayScript.DARK_UNTIL));
  }

  private boolean isDelivered() {
    return waiting() == 0;
  }

  private int waiting() {
    return gates.stream().mapToInt(gate -> gate.kiosk().waiting()).sum();
  }

  private Future<Void> close() {
    for (Gate gate : gates) {
      gate.close();
      gate.kiosk().close().forEach(ledger::enterLost);
    }
    return Future.succeededFuture();
  }

  private DayJudgement judgement() {
    return DayJudgement.of(ledger.owed(), inbox.messages());
  }

  private DayReport report(long dropped, JsonObject discrepancies) {
    if (dropped > 0) {
      ledger.enterMistake("the simulator threw " + dropped + " messages away for lack of room");
    }
    DayJudgement judgement = judgement();
    return new DayReport(
        judgement,
        List.of(
            heldWhileDark,
            StaffView.lateAfterAlarm(
                discrepancies, judgement.pupilsTold(MessageKind.LLEGADA_TRAS_AVISO))),
        ledger.answered(),
        ledger.mistakes());
  }

  private Gate gate(Demo.Device device) {
    Kiosk kiosk =
        new Kiosk(
            vertx,
            new KioskLine(client, demo.baseUrl(), device.token(), RetryRules.ofAKiosk().timeout()),
            RetryRules.ofAKiosk(),
            device,
            clock,
            Duration.ZERO,
            1,
            gates.size(),
            ledger::enter,
            end::tryFail);
    return new Gate(vertx, client, demo.baseUrl(), device, kiosk, clock);
  }
}
