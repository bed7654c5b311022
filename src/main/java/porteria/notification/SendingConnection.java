package porteria.notification;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import porteria.db.Database;

/**
 * A connection of sending's own, opened when needed and after each fault, whose session fixes how
 * its statements are planned. For one event loop.
 */
final class SendingConnection implements Statements {

  /**
   * A rush after a quiet night meets tables whose statistics are hours old, or a minute after
   * loading a school none at all. Left to choose, the planner then joined a thousand announcements
   * with the events of the whole school (0.5 s) and claimed 32 messages by reading them all. So:
   * nested loops by index, in the order written. Planning takes longer than sending one family's
   * message does, and is done once for many.
   */
  private static final Map<String, String> SESSION =
      Map.of(
          "plan_cache_mode", "force_generic_plan",
          "join_collapse_limit", "1",
          "enable_hashjoin", "off",
          "enable_mergejoin", "off",
          "enable_seqscan", "off",
          "jit", "off");

  /**
   * How long a plan is kept: one made when a table was small may have taken an index that was as
   * good as any while it was.
   */
  private static final long PLAN_LIFE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Database database;
  private final String name;
  private final Map<String, String> session;
  private @Nullable Future<PgConnection> connection;
  private boolean closed;

  private long planned;

  private SendingConnection(Database database, String name, Map<String, String> session) {
    this.database = database;
    this.name = name;
    this.session = session;
  }

  /**
   * For statements whose effect nobody has seen before another connection commits on top of it:
   * what a crash of the database takes back is found as it was.
   *
   * @param name under which the server lists the connection
   */
  static SendingConnection preparing(Database database, String name) {
    Map<String, String> settings = new HashMap<>(SESSION);
    settings.put("synchronous_commit", "off");
    return new SendingConnection(database, name, Map.copyOf(settings));
  }

  /**
   * For statements after which somebody is called, or was.
   *
   * @param name under which the server lists the connection
   */
  static SendingConnection durable(Database database, String name) {
    return new SendingConnection(database, name, SESSION);
  }

  @Override
  public Future<RowSet<Row>> run(String sql, Tuple parameters) {
    Future<PgConnection> open = connected();
    return open.compose(
            link -> {
              replan(link);
              return database.guarded(link.preparedQuery(sql).execute(parameters));
            })
        .onFailure(fault -> drop(open));
  }

  /** Ends it for good: what is run later fails, such as the outcome of a call nobody waited for. */
  Future<Void> close() {
    closed = true;
    Future<PgConnection> open = connection;
    connection = null;
    return open == null
        ? Future.succeededFuture()
        : open.compose(PgConnection::close).otherwiseEmpty();
  }

  /** Goes ahead of the next statement, whose failure says all that its own would. */
  private void replan(PgConnection link) {
    long now = System.nanoTime();
    if (now - planned > PLAN_LIFE_NANOS) {
      planned = now;
      link.query("DISCARD PLANS").execute();
    }
  }

  private Future<PgConnection> connected() {
    if (closed) {
      return Future.failedFuture(new IllegalStateException(name + " is closed"));
    }
    Future<PgConnection> known = connection;
    if (known != null) {
      return known;
    }
    Future<PgConnection> opening = database.dedicated(name, session);
    connection = opening;
    opening.onSuccess(opened -> opened.closeHandler(closed -> forget(opening)));
    return opening;
  }

  /** After a fault the connection's state is not known: what comes next gets a new one. */
  private void drop(Future<PgConnection> faulty) {
    forget(faulty);
    faulty.onSuccess(PgConnection::close);
  }

  private void forget(Future<PgConnection> gone) {
    if (gone.equals(connection)) {
      connection = null;
    }
  }
}
