package porteria.embedded.morning;

import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;

/**
 * A kiosk that says every minute how it fares. A heartbeat that fails is not repeated; the next one
 * comes.
 */
final class Gate {
  private final Vertx vertx;
  private final WebClient client;
  private final String baseUrl;
  private final Demo.Device device;
  private final Kiosk kiosk;
  private final ServerClock clock;
  private boolean online = true;
  private boolean beating;
  private long timer;

  Gate(
      Vertx vertx,
      WebClient client,
      String baseUrl,
      Demo.Device device,
      Kiosk kiosk,
      ServerClock clock) {
    this.vertx = vertx;
    this.client = client;
    this.baseUrl = baseUrl;
    this.device = device;
    this.kiosk = kiosk;
    this.clock = clock;
  }

  Kiosk kiosk() {
    return kiosk;
  }

  Demo.Device device() {
    return device;
  }

  /**
   * Begins to report.
   *
   * @param every by a real clock
   */
  void report(Duration every) {
    timer = vertx.setPeriodic(1, Math.max(1, every.toMillis()), due -> beat());
  }

  void loseNetwork() {
    online = false;
    kiosk.loseNetwork();
  }

  void findNetwork() {
    online = true;
    kiosk.findNetwork();
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  private void beat() {
    if (online && !beating) {
      beating = true;
      Heartbeat.send(client, baseUrl, device, kiosk.waiting(), clock.instant())
          .onComplete(answered -> beating = false);
    }
  }
}
