package porteria.embedded.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import porteria.embedded.PostgresAccess;

/** Runs a script with pgbench, its statements prepared; for scans one transaction each. */
record PgBench(Programs programs, PostgresAccess access) {

  private static final Pattern ROWS =
      Pattern.compile("number of transactions actually processed: (\\d+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
  private static final Pattern MEAN = Pattern.compile("latency average = ([\\d.]+) ms");
  private static final Pattern RATE = Pattern.compile("tps = ([\\d.]+)");

  static final int CLIENTS = 32;

  /**
   * Loads the database.
   *
   * @param session PostgreSQL settings of each connection
   */
  Load run(Path script, Map<String, String> session, int seconds)
      throws IOException, InterruptedException {
    return run(script, session, CLIENTS, "--time=" + seconds);
  }

  /** Runs a script so often by each client, however long that takes. */
  Load runAll(Path script, Map<String, String> session, int clients, int times)
      throws IOException, InterruptedException {
    return run(script, session, clients, "--transactions=" + times);
  }

  private Load run(Path script, Map<String, String> session, int clients, String length)
      throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>();
    variables.put("PGHOST", access.host());
    variables.put("PGPORT", Integer.toString(access.port()));
    variables.put("PGUSER", access.user());
    variables.put("PGPASSWORD", access.password());
    variables.put("PGDATABASE", access.database());
    variables.put(
        "PGOPTIONS",
        session.entrySet().stream()
            .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
            .sorted()
            .collect(Collectors.joining(" ")));
    String output =
        programs.run(
            variables,
            List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=2",
                length,
                "--define=i=0",
                "--file=" + script));
    return load(output);
  }

  private static Load load(String output) {
    if (number(FAILED, output) > 0) {
      throw new IllegalStateException("pgbench had failed transactions:\n" + output);
    }
    double rows = number(ROWS, output);
    return new Load((long) rows, rows / number(RATE, output), Map.of("mean", number(MEAN, output)));
  }

  private static double number(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("pgbench printed something else than expected:\n" + output);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
