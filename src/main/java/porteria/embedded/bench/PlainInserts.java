package porteria.embedded.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One scan and what is owed for it in one transaction of pgbench, into two plain tables. */
record PlainInserts(String name, String form, PgBench pgbench, Path script) implements Contender {

  private static final String NUMBER =
      """
      \\set i :i + 1
      \\set seq :client_id * 10000000 + :i
      """;

  private static final String SCAN =
      """
      INSERT INTO bench.scan (school, device, local_seq, student, type, occurred_at)
        VALUES ('{school}', '{device}', :seq, '{school}', 'IN', now())
        RETURNING id, student\
      """;

  private static final String TRANSACTION =
      NUMBER
          + "BEGIN;\n"
          + SCAN
          + " \\gset\n"
          + "INSERT INTO bench.outbox (scan, student) VALUES (:id, :student);\n"
          + "COMMIT;\n";

  private static final String FOLDED =
      NUMBER
          + "WITH scan AS ("
          + SCAN
          + ")\nINSERT INTO bench.outbox (scan, student) SELECT id, student FROM scan;\n";

  /** A: a transaction as a program writes it. */
  static PlainInserts transaction(PgBench pgbench, BenchSchool school, Path directory)
      throws IOException {
    Path script = directory.resolve("plain.sql");
    Files.writeString(script, filled(TRANSACTION, school));
    return new PlainInserts("A", "begin, two inserts, commit", pgbench, script);
  }

  /** A0: the same in one trip to the database; nothing that keeps both rows does with less. */
  static PlainInserts folded(PgBench pgbench, BenchSchool school, Path directory)
      throws IOException {
    Path script = directory.resolve("folded.sql");
    Files.writeString(script, filled(FOLDED, school));
    return new PlainInserts("A0", "A folded into one statement", pgbench, script);
  }

  private static String filled(String script, BenchSchool school) {
    return script
        .replace("{school}", school.id().toString())
        .replace("{device}", school.kiosk().toString());
  }

  @Override
  public String sentence() {
    return "pgbench, "
        + PgBench.CLIENTS
        + " clients, prepared: a transaction a scan, which inserts a scan and an outbox row into two"
        + " plain tables: "
        + form
        + ". No look-up, no rule, no HTTP.";
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
