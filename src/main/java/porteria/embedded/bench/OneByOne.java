package porteria.embedded.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import porteria.scan.ScanSql;

/**
 * A1: our own statement with all its rules, but one scan a transaction. The text is taken from
 * where the server takes it, so that it cannot be another one; its parameters become arrays of one
 * element. The hash of the card is looked up by number inside the statement, one probe of a primary
 * key beside the dozen that the statement makes anyway.
 */
record OneByOne(PgBench pgbench, Path script) implements Contender {

  private static final String SCRIPT =
      """
      \\set i :i + 1
      \\set seq :client_id * 10000000 + :i
      \\set card (:i * {clients} + :client_id) % {pupils}
      {statement};
      """;

  private static final double REPEAT_SECONDS = 60;

  static OneByOne prepare(PgBench pgbench, BenchSchool school, Path directory) throws IOException {
    Path script = directory.resolve("one-by-one.sql");
    Files.writeString(
        script,
        SCRIPT
            .replace("{clients}", Integer.toString(PgBench.CLIENTS))
            .replace("{pupils}", Integer.toString(BenchSchool.PUPILS))
            .replace("{statement}", statement(school)));
    return new OneByOne(pgbench, script);
  }

  @Override
  public String name() {
    return "A1";
  }

  @Override
  public String sentence() {
    return "pgbench, "
        + PgBench.CLIENTS
        + " clients, prepared: the statement that our server runs for a batch, in the same session"
        + " settings and role, with one scan a transaction. One school, as for ours: it numbers its"
        + " changes, so its clients commit one after the other.";
  }

  @Override
  public String events() {
    return "attendance_event";
  }

  @Override
  public String owed() {
    return "announcement";
  }

  @Override
  public int inFlight() {
    return 0;
  }

  @Override
  public Load run(int seconds) throws IOException, InterruptedException {
    return pgbench.run(script, ScanSql.SESSION, seconds);
  }

  /** In the order of the statement's parameters. */
  private static String statement(BenchSchool school) {
    String[] values = {
      array("0"),
      array("'" + school.id() + "'"),
      array("'" + school.kiosk() + "'"),
      array("'" + school.gate() + "'"),
      array(":seq"),
      array(":seq"),
      array("(SELECT token_hash FROM bench.card WHERE n = :card)"),
      array("NULL"),
      array("NULL"),
      array("'IN'"),
      array("'NFC'"),
      array("now()"),
      array("now()"),
      array("now()"),
      array("now()"),
      array("date_trunc('day', now())"),
      array("0"),
      array(Double.toString(REPEAT_SECONDS))
    };
    return Pattern.compile("\\$(\\d+)")
        .matcher(ScanSql.RECORD.strip())
        .replaceAll(match -> values[Integer.parseInt(match.group(1)) - 1]);
  }

  private static String array(String element) {
    return "ARRAY[" + element + "]";
  }
}
