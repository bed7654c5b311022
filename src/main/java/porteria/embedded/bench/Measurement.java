package porteria.embedded.bench;

import io.vertx.core.json.JsonObject;

/**
 * One contender's turn, its rows counted in the database.
 *
 * @param rowsPerCommit of events
 * @param cpu micro-seconds of processor time a row
 */
record Measurement(Load load, long rows, double rowsPerCommit, Cpu cpu) {

  /**
   * Where processor time went.
   *
   * @param server our server's process
   * @param postgres all of PostgreSQL's processes
   * @param generator the load generator
   */
  record Cpu(double server, double postgres, double generator) {

    /** What was used since {@code before}, a row. */
    Cpu since(Cpu before, long rows) {
      double share = 1e6 / Math.max(1, rows);
      return new Cpu(
          (server - before.server) * share,
          (postgres - before.postgres) * share,
          (generator - before.generator) * share);
    }
  }

  double rowsPerSecond() {
    return rows / load.seconds();
  }

  JsonObject toJson() {
    JsonObject millis = new JsonObject();
    load.millis().forEach(millis::put);
    return new JsonObject()
        .put("rows", rows)
        .put("seconds", load.seconds())
        .put("rows_per_second", rowsPerSecond())
        .put("rows_per_commit", rowsPerCommit)
        .put("answer_ms", millis)
        .put(
            "cpu_us_per_row",
            new JsonObject()
                .put("server", cpu.server)
                .put("postgres", cpu.postgres)
                .put("generator", cpu.generator));
  }
}
