package porteria.db;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.domain.Failure;
import porteria.domain.FailureException;

/** What an error of PostgreSQL, or of the way to it, means to a caller. */
final class SqlFailures {

  private static final Logger LOG = LoggerFactory.getLogger(SqlFailures.class);

  /**
   * SQLSTATE classes of a server that cannot serve now: connection (08), resources (53), operator
   * intervention and cancelled statements (57), I/O (58), failover to read-only (25006); or of a
   * row that others hold (55P03, 40P01, 40001).
   */
  private static final Pattern NOT_NOW =
      Pattern.compile("(08|53|57|58).{3}|25006|55P03|40P01|40001");

  private static final String UNIQUE_VIOLATION = "23505";

  private SqlFailures() {}

  static FailureException translate(Throwable error) {
    if (error instanceof FailureException known) {
      return known;
    }
    if (error instanceof PgException sql) {
      return translate(sql);
    }
    if (isDefect(error)) {
      LOG.error("work on the database failed", error);
      return Failure.of(Failure.Kind.INTERNAL, "The server failed; the fault is logged.")
          .asException();
    }
    LOG.warn("database unreachable: {}", error.toString());
    return Failure.of(Failure.Kind.UNAVAILABLE, "The database does not answer; try again shortly.")
        .asException();
  }

  /** Thrown by our own code; a client that lost its connection speaks in the other kinds. */
  private static boolean isDefect(Throwable error) {
    return error instanceof Error
        || (error instanceof RuntimeException
            && !(error instanceof VertxException)
            && !(error instanceof IllegalStateException));
  }

  private static FailureException translate(PgException error) {
    String state = Objects.requireNonNullElse(error.getSqlState(), "");
    if (state.equals(UNIQUE_VIOLATION)) {
      return Failure.of(Failure.Kind.CONFLICT, "Such a record exists already.").asException();
    }
    if (NOT_NOW.matcher(state).matches()) {
      LOG.warn("database cannot serve: {} {}", state, error.getErrorMessage());
      return Failure.of(
              Failure.Kind.UNAVAILABLE, "The database cannot serve now; try again shortly.")
          .asException();
    }
    LOG.error("statement failed: {} {}", state, error.getErrorMessage(), error);
    return Failure.of(Failure.Kind.INTERNAL, "The server failed; the fault is logged.")
        .asException();
  }
}
