package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The clock of a server in time-lapse, seen from outside: what a heartbeat's answer said, and the
 * time that has passed since, as often as the server's clock is faster.
 */
final class ServerClock implements InstantSource {
  private static final int SAMPLES = 15;
  private static final int PAUSE_MILLIS = 50;

  private final Instant told;
  private final long toldAt;
  private final int speed;
  private final long roundTrip;

  /**
   * @param told what the server said
   * @param sent when it was asked, by {@link System#nanoTime}
   * @param answered when the answer came
   * @param speed seconds of the server's clock in one
   */
  ServerClock(Instant told, long sent, long answered, int speed) {
    this.told = told;
    this.roundTrip = answered - sent;
    this.toldAt = sent + roundTrip / 2;
    this.speed = speed;
  }

  /** Asks several times and believes the quickest answer; fails when there is none. */
  static Future<ServerClock> ask(
      Vertx vertx, WebClient client, Demo demo, Demo.Device device, int speed) {
    List<ServerClock> answers = new ArrayList<>();
    Future<Void> asked = Future.succeededFuture();
    for (int i = 0; i < SAMPLES; i++) {
      asked =
          asked
              .compose(
                  before ->
                      once(client, demo, device, speed).onSuccess(answers::add).<Void>mapEmpty())
              .recover(unanswered -> Future.succeededFuture())
              .compose(sampled -> vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
              .mapEmpty();
    }
    return asked.map(
        all ->
            answers.stream()
                .min(Comparator.comparingLong(clock -> clock.roundTrip))
                .orElseThrow(() -> new IllegalStateException("no heartbeat was answered")));
  }

  @Override
  public Instant instant() {
    return told.plus(Duration.ofNanos(System.nanoTime() - toldAt).multipliedBy(speed))
        .truncatedTo(ChronoUnit.MILLIS);
  }

  /** Its seconds in one. */
  int speed() {
    return speed;
  }

  /** How long it really takes until then; at least a millisecond. */
  Duration until(Instant then) {
    Duration real = Duration.between(instant(), then).dividedBy(speed);
    return real.toMillis() < 1 ? Duration.ofMillis(1) : real;
  }

  private static Future<ServerClock> once(
      WebClient client, Demo demo, Demo.Device device, int speed) {
    long sent = System.nanoTime();
    // What the kiosk says is the time is not believed anyway.
    return Heartbeat.send(client, demo.baseUrl(), device, 0, Instant.EPOCH)
        .map(answer -> read(answer, sent, speed));
  }

  private static ServerClock read(JsonObject answer, long sent, int speed) {
    Instant told = Instant.parse(answer.getString("server_time"));
    return new ServerClock(told, sent, System.nanoTime(), speed);
  }
}
