package porteria.embedded.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;

/**
 * A running provider simulator: the WhatsApp Cloud API and Amazon SES v2 on one loopback port.
 *
 * <p>Senders use {@link #baseUrl} as the base of the Graph API and as the SES endpoint override.
 * See {@code GET /} for the inbox as a page.
 */
public final class Simulator {
  private final Vertx vertx;
  private final SimulatorVerticle verticle;
  private final String deployment;
  private final int port;

  private Simulator(Vertx vertx, SimulatorVerticle verticle, String deployment, int port) {
    this.vertx = vertx;
    this.verticle = verticle;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * Starts one. The future fails when the port is taken, when the journal cannot be read or
   * written, or when two templates share name and language.
   */
  public static Future<Simulator> start(Vertx vertx, SimulatorOptions options) {
    return Future.future(
        promise -> {
          SimulatorVerticle verticle = new SimulatorVerticle(options);
          vertx
              .deployVerticle(verticle)
              .map(deployment -> new Simulator(vertx, verticle, deployment, verticle.port()))
              .onComplete(promise);
        });
  }

  /** The TCP port it listens on. */
  public int port() {
    return port;
  }

  /** Such as {@code http://127.0.0.1:8089}, without a slash at the end. */
  public String baseUrl() {
    return "http://127.0.0.1:" + port;
  }

  /** Calls the webhooks of this server from now on, as {@link SimulatorOptions#webhookBase}. */
  public Future<Void> callBack(URI base) {
    return verticle.callBack(base);
  }

  /** Stops listening, cuts open calls, and writes the journal to its end. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }
}
