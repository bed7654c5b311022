package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** The way a statement of the worker role reaches the database. */
@FunctionalInterface
interface Statements {

  Future<RowSet<Row>> run(String sql, Tuple parameters);
}
