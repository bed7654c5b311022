package porteria.embedded.bench;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import porteria.embedded.simulator.SimulatedTemplate;
import porteria.embedded.simulator.Simulator;
import porteria.embedded.simulator.SimulatorOptions;

/**
 * The simulator as a program of its own: unlike the {@link InstantProvider} it judges what it is
 * asked, refuses what exceeds the allowance, and its inbox is what families would read. It reports
 * nothing afterwards.
 *
 * <p>Environment: {@value #TOKEN} is the bearer token that is let in, {@value #PER_SECOND} the
 * messages a second that it takes.
 */
public final class SimulatedProvider {

  /** The number that sends. */
  static final String PHONE = "1";

  private static final String TOKEN = "PROVIDER_TOKEN";
  private static final String PER_SECOND = "PROVIDER_PER_SECOND";

  /** Which nobody uses here: no mail is sent and no webhook called. */
  private static final String UNUSED = "unused";

  private SimulatedProvider() {}

  public static void main(String[] arguments) {
    listen(System.getenv(), System.out);
  }

  /** What it must be told. */
  static Map<String, String> environment(String token, int perSecond) {
    return Map.of(TOKEN, token, PER_SECOND, Integer.toString(perSecond));
  }

  private static void listen(Map<String, String> env, PrintStream out) {
    SimulatorOptions options =
        SimulatorOptions.local(
                Objects.requireNonNull(env.get(TOKEN)),
                PHONE,
                UNUSED,
                UNUSED,
                UNUSED,
                SimulatedTemplate.wantedBy(Path.of("conf", "whatsapp-templates.json")))
            .withMessagesPerSecond(Integer.parseInt(Objects.requireNonNull(env.get(PER_SECOND))));
    Simulator.start(Vertx.vertx(), options)
        .onSuccess(simulator -> out.println("ready on port " + simulator.port()))
        .onFailure(error -> System.exit(1));
  }
}
