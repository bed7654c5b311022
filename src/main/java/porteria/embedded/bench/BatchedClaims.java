package porteria.embedded.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What no sender that keeps its promises in PostgreSQL can do without: pgbench claims a hundred of
 * the same rows, then writes that they were sent. It calls nobody.
 */
record BatchedClaims(PgBench pgbench, Path script) {

  static final int BATCH = 100;

  /** Two for each of two processors, so that one works while another waits for the disk. */
  static final int CLIENTS = 4;

  private static final String SCRIPT =
      """
      WITH due AS MATERIALIZED (
        SELECT school_id, id FROM {table}
        WHERE status = 'QUEUED' AND channel = 'WHATSAPP' AND due_at <= now()
        ORDER BY lane, due_at
        LIMIT {batch}
        FOR UPDATE SKIP LOCKED
      ), claimed AS (
        UPDATE {table} n
        SET status = 'SENDING', attempt = n.attempt + 1, lease_until = now() + interval '20 s'
        FROM due
        WHERE n.school_id = due.school_id AND n.id = due.id
        RETURNING n.id
      )
      SELECT coalesce(array_agg(id), '{}') AS ids FROM claimed \\gset
      UPDATE {table}
      SET status = 'SENT', sent_at = now(), lease_until = NULL, provider_message_id = 'wamid.' || id
      WHERE school_id = '{school}' AND id = ANY (CAST(:ids AS uuid[]));
      """;

  static BatchedClaims prepare(PgBench pgbench, BenchSchool school, Path directory)
      throws IOException {
    Path script = directory.resolve("claims.sql");
    Files.writeString(
        script,
        SCRIPT
            .replace("{table}", FullOutbox.COPY)
            .replace("{batch}", Integer.toString(BATCH))
            .replace("{school}", school.id().toString()));
    return new BatchedClaims(pgbench, script);
  }

  /**
   * Drains the outbox.
   *
   * @return the seconds that took
   */
  double drain() throws IOException, InterruptedException {
    return pgbench
        .runAll(
            script,
            Map.of("enable_seqscan", "off", "jit", "off"),
            CLIENTS,
            FullOutbox.MESSAGES / BATCH / CLIENTS)
        .seconds();
  }
}
