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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * {@code make simulate}: plays a morning of the school {@code demo} against the running server.
 *
 * <p>Environment: {@code DATA_DIR} (default {@code data}) holds {@code demo.json}; {@code
 * SIMULATE_SECONDS} (default 60) is how long the morning lasts; {@code SIMULATE_SEED} (default: a
 * new one, printed) plays the same morning again. The exit code is 0 only if every family was told
 * once, in time, and every answer was right.
 */
public final class SchoolMorning {
  private static final String SCHOOL = "demo";
  private static final int DEFAULT_SECONDS = 60;
  private static final int LEAST_SECONDS = 5;
  private static final int MOST_SECONDS = 3600;

  private SchoolMorning() {}

  public static void main(String[] args) {
    System.exit(run(System.getenv(), System.out, isTerminal()));
  }

  // From JDK 22 to 24 a console is there in any case; all that suffers is how progress looks.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return System.console() != null;
  }

  /**
   * Plays one morning and prints the judgement.
   *
   * @param env as described above
   * @param terminal whether {@code out} can rewrite a line
   * @return the exit code
   */
  static int run(Map<String, String> env, PrintStream out, boolean terminal) {
    InstantSource clock = InstantSource.system();
    try {
      Path data = Path.of(env.getOrDefault("DATA_DIR", "data"));
      Duration duration = Duration.ofSeconds(seconds(env));
      long seed = number(env, "SIMULATE_SEED", clock.millis());
      Demo demo = Demo.read(data.resolve("demo.json"));
      EarlierRun earlier = new EarlierRun(data);
      Plan plan = Plan.of(seed, duration, earlier.end());
      Instant now = clock.instant();
      earlier.write(now.plus(duration));
      out.printf("A morning of %d s at %s, seed %d%n", duration.toSeconds(), demo.baseUrl(), seed);
      return play(clock, demo, plan, out, terminal);
    } catch (NoSuchFileException missing) {
      return refuse(out, missing.getFile() + " is missing: is the server running (make run)?");
    } catch (IOException
        | DecodeException
        | DateTimeException
        | IllegalArgumentException
        | ClassCastException unusable) {
      return refuse(out, String.valueOf(unusable.getMessage()));
    }
  }

  /**
   * Plays by this plan; returns the exit code.
   *
   * @throws DecodeException when the school is missing
   * @throws IllegalArgumentException when it has no pupil or no kiosk
   */
  static int play(InstantSource clock, Demo demo, Plan plan, PrintStream out, boolean terminal) {
    Vertx vertx = Vertx.vertx();
    try {
      Morning morning = morning(vertx, clock, demo, plan, new Progress(out, terminal));
      Promise<Report> report = Promise.promise();
      Context context = vertx.getOrCreateContext();
      context.exceptionHandler(report::tryFail);
      context.runOnContext(
          start -> morning.play().onSuccess(report::tryComplete).onFailure(report::tryFail));
      return report
          .future()
          .map(judged -> print(judged, out))
          .otherwise(cause -> failed(out, cause))
          .await();
    } finally {
      vertx.close().await();
    }
  }

  private static Morning morning(
      Vertx vertx, InstantSource clock, Demo demo, Plan plan, Progress progress) {
    Demo.School school = demo.school(SCHOOL);
    List<Demo.Pupil> others =
        demo.schools().stream()
            .filter(other -> !other.slug().equals(SCHOOL))
            .flatMap(other -> other.pupils().stream())
            .toList();
    // A connection for each kiosk, and one to look at the inbox.
    WebClient client =
        WebClient.create(
            vertx,
            new WebClientOptions(),
            new PoolOptions().setHttp1MaxSize(school.devices().size() + 1));
    // Photos wait for each other, and no scan for them.
    WebClient photoClient =
        WebClient.create(
            vertx,
            new WebClientOptions(),
            new PoolOptions().setHttp1MaxSize(school.devices().size()));
    return new Morning(vertx, client, photoClient, clock, demo, school, others, plan, progress);
  }

  private static int print(Report report, PrintStream out) {
    report.print(out);
    return report.isGood() ? 0 : 1;
  }

  private static int failed(PrintStream out, Throwable cause) {
    return refuse(
        out,
        cause instanceof UnwelcomeKiosk unwelcome
            ? String.valueOf(unwelcome.getMessage())
            : "The morning could not be judged: " + cause);
  }

  private static int refuse(PrintStream out, String why) {
    out.println(why);
    return 1;
  }

  private static long seconds(Map<String, String> env) {
    long seconds = number(env, "SIMULATE_SECONDS", DEFAULT_SECONDS);
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "SIMULATE_SECONDS must be from " + LEAST_SECONDS + " to " + MOST_SECONDS);
    }
    return seconds;
  }

  private static long number(Map<String, String> env, String name, long otherwise) {
    String value = env.getOrDefault(name, "");
    try {
      return value.isEmpty() ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(name + " must be a whole number", notANumber);
    }
  }
}
