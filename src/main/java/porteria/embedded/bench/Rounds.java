package porteria.embedded.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets the contenders take turns, and believes none of them: their rows are counted. */
record Rounds(BenchDatabase database, long serverPid, BenchOptions options, PrintStream out) {

  /** Compilers of the server need this much load before it is as fast as it gets. */
  private static final int WARM_UP_SECONDS = 45;

  private static final int WARM_UP_TURN_SECONDS = 5;

  /** One round that does not count, then those that do, each beginning with the next contender. */
  Map<String, List<Measurement>> run(List<Contender> contenders)
      throws IOException, InterruptedException, SQLException {
    Map<String, List<Measurement>> measured = new LinkedHashMap<>();
    for (int round = 0; round <= options.rounds(); round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        Contender contender = contenders.get((round + turn) % contenders.size());
        Measurement measurement = measure(contender, options.seconds());
        if (round > 0) {
          measured.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(measurement);
        }
        print(round == 0 ? "warm-up" : "round " + round, contender, measurement);
      }
    }
    return measured;
  }

  /** Loads one contender alone until there is nothing left to compile. */
  void warmUp(Contender contender) throws IOException, InterruptedException, SQLException {
    for (int spent = 0; spent < WARM_UP_SECONDS; spent += WARM_UP_TURN_SECONDS) {
      print("warm-up", contender, measure(contender, WARM_UP_TURN_SECONDS));
    }
  }

  private Measurement measure(Contender contender, int seconds)
      throws IOException, InterruptedException, SQLException {
    database.clear();
    Measurement.Cpu before = cpu();
    Load load = contender.run(seconds);
    Measurement.Cpu after = cpu();
    database.settle();
    long events = counted(contender.events(), contender, load);
    long owed = counted(contender.owed(), contender, load);
    long rows = Math.min(load.rows(), Math.min(events, owed));
    return new Measurement(
        load,
        rows,
        (double) events / database.commits(contender.events()),
        after.since(before, rows));
  }

  private long counted(String table, Contender contender, Load load) throws SQLException {
    long rows = database.count(table);
    if (Math.abs(rows - load.rows()) > contender.inFlight()) {
      throw new IllegalStateException(
          "%s: %d scans were acknowledged, %s has %d rows: this run proves nothing"
              .formatted(contender.name(), load.rows(), table, rows));
    }
    return rows;
  }

  private Measurement.Cpu cpu() {
    return new Measurement.Cpu(
        CpuTime.of(serverPid),
        CpuTime.ofFamily(database.pid()),
        CpuTime.ofEndedChildren(ProcessHandle.current().pid()));
  }

  private void print(String round, Contender contender, Measurement measurement) {
    out.printf("%-9s %-5s %,9.0f/s%n", round, contender.name(), measurement.rowsPerSecond());
  }
}
