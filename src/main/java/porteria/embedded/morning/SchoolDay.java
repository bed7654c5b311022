package porteria.embedded.morning;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;

/**
 * {@code make day}: starts a server of its own in time-lapse, plays a day of the school {@code
 * demo} and judges what families were told. About three minutes; the server is stopped at the end.
 *
 * <p>Environment: {@code DATA_DIR} (default {@code data-day}) is emptied first, if it is one of a
 * demonstration; {@code DAY_SEED} (default 1) draws another day; {@code CLOCK_SPEED} (default 175)
 * is how fast the clock goes. The exit code is 0 only if every family was told what it had to be,
 * once.
 */
public final class SchoolDay {
  private static final String SCHOOL = "demo";

  /** A Wednesday with school. */
  private static final LocalDate DATE = LocalDate.of(2026, 6, 10);

  private static final int SPEED = 175;
  private static final int FASTEST = 600;
  private static final int CONNECTIONS = 12;

  private SchoolDay() {}

  public static void main(String[] args) {
    System.exit(run(System.getenv(), System.out));
  }

  /**
   * Plays the day and prints the judgement.
   *
   * @param env as described above
   * @return the exit code
   */
  static int run(Map<String, String> env, PrintStream out) {
    try {
      long seed = number(env, "DAY_SEED", 1, Long.MAX_VALUE);
      int speed = (int) number(env, "CLOCK_SPEED", SPEED, FASTEST);
      Path data = OwnFolder.fresh(Path.of(env.getOrDefault("DATA_DIR", "data-day")));
      String begin = DATE.atTime(DayScript.BEGIN).toString();
      out.printf("A day from %s at %d times the speed, seed %d%n", begin, speed, seed);
      DemoServer server = DemoServer.start(data, begin, speed);
      Thread stop = new Thread(server::close, "stop-the-server");
      Runtime.getRuntime().addShutdownHook(stop);
      try (server) {
        Demo demo = server.awaitReady();
        out.printf("The server is at %s, the inbox at %s%n", demo.baseUrl(), demo.simulatorUrl());
        return play(demo, seed, speed, out);
      }
    } catch (IOException | DecodeException | IllegalArgumentException unusable) {
      out.println(unusable.getMessage());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static int play(Demo demo, long seed, int speed, PrintStream out) {
    Vertx vertx = Vertx.vertx();
    try {
      WebClient client =
          WebClient.create(
              vertx, new WebClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
      Promise<DayReport> report = Promise.promise();
      Context context = vertx.getOrCreateContext();
      context.exceptionHandler(report::tryFail);
      context.runOnContext(
          start ->
              Day.play(vertx, client, demo, demo.school(SCHOOL), seed, speed, new DayProgress(out))
                  .onSuccess(report::tryComplete)
                  .onFailure(report::tryFail));
      return report
          .future()
          .map(judged -> print(judged, out))
          .otherwise(cause -> failed(cause, out))
          .await();
    } finally {
      vertx.close().await();
    }
  }

  private static int print(DayReport report, PrintStream out) {
    report.print(out);
    return report.isGood() ? 0 : 1;
  }

  private static int failed(Throwable cause, PrintStream out) {
    out.println("The day could not be judged: " + cause);
    return 1;
  }

  private static long number(Map<String, String> env, String name, long otherwise, long most) {
    String value = env.getOrDefault(name, "");
    try {
      long number = value.isBlank() ? otherwise : Long.parseLong(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // answered below like one out of range
    }
    throw new IllegalArgumentException(
        "%s is \"%s\": allowed is a whole number from 1 to %d".formatted(name, value, most));
  }
}
