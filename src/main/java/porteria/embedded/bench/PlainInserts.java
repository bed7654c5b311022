package porteria.embedded.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A: the strongest plain form, one statement that writes one scan and what is owed for it. */
record PlainInserts(PgBench pgbench, Path script) implements Contender {

  private static final String SCRIPT =
      """
      \\set i :i + 1
      \\set seq :client_id * 10000000 + :i
      WITH scan AS (
        INSERT INTO bench.scan (school, device, local_seq, student, type, occurred_at)
        VALUES ('{school}', '{device}', :seq, '{school}', 'IN', now())
        RETURNING id, student
      )
      INSERT INTO bench.outbox (scan, student) SELECT id, student FROM scan;
      """;

  static PlainInserts prepare(PgBench pgbench, BenchSchool school, Path directory)
      throws IOException {
    Path script = directory.resolve("plain.sql");
    Files.writeString(
        script,
        SCRIPT
            .replace("{school}", school.id().toString())
            .replace("{device}", school.kiosk().toString()));
    return new PlainInserts(pgbench, script);
  }

  @Override
  public String name() {
    return "A";
  }

  @Override
  public String sentence() {
    return "pgbench, "
        + PgBench.CLIENTS
        + " clients, prepared: a transaction a scan, one statement that inserts a scan and an"
        + " outbox row into two plain tables. No look-up, no rule, no HTTP.";
  }

  @Override
  public String events() {
    return "bench.scan";
  }

  @Override
  public String owed() {
    return "bench.outbox";
  }

  @Override
  public int inFlight() {
    return 0;
  }

  @Override
  public Load run(int seconds) throws IOException, InterruptedException {
    return pgbench.run(script, Map.of(), seconds);
  }
}
