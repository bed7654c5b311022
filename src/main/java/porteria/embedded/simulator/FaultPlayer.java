package porteria.embedded.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a send, well or as the striking fault orders. */
final class FaultPlayer {
  private static final Logger log = LoggerFactory.getLogger(FaultPlayer.class);
  private static final long SLOW_MS = 2_000;
  private static final long HOLD_MS = 120_000;
  private static final Answer GARBAGE =
      new Answer(200, "text/html", Map.of(), "<html><body>It works!</body>");

  private final Vertx vertx;

  FaultPlayer(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * @param serve judges the request, keeps the message if it is good, and says the answer
   */
  void answer(
      HttpServerRequest request,
      Optional<Fault> struck,
      ProviderErrors errors,
      Supplier<Answer> serve) {
    if (struck.isEmpty()) {
      serve.get().send(request.response());
      return;
    }
    Fault fault = struck.get();
    switch (fault.mode()) {
      case OK -> serve.get().send(request.response());
      case OUTAGE -> errors.outage().send(request.response());
      case THROTTLED -> errors.throttled(fault.delayMs()).send(request.response());
      case CODE -> errors.coded(fault.code()).send(request.response());
      case GARBAGE -> {
        take(fault, serve, errors);
        GARBAGE.send(request.response());
      }
      case DROP -> {
        take(fault, serve, errors);
        cut(request);
      }
      case TIMEOUT -> {
        take(fault, serve, errors);
        later(request, fault.delayMs().orElse(HOLD_MS), () -> cut(request));
      }
      case SLOW -> {
        Answer late = take(fault, serve, errors);
        later(request, fault.delayMs().orElse(SLOW_MS), () -> late.send(request.response()));
      }
    }
  }

  private static Answer take(Fault fault, Supplier<Answer> serve, ProviderErrors errors) {
    return fault.accepted() ? serve.get() : errors.outage();
  }

  private void later(HttpServerRequest request, long delayMs, Runnable act) {
    long timer = vertx.setTimer(Math.max(1, delayMs), fired -> act.run());
    request.response().closeHandler(gone -> vertx.cancelTimer(timer));
  }

  private static void cut(HttpServerRequest request) {
    request.connection().close().onFailure(cause -> log.debug("The caller had hung up", cause));
  }
}
