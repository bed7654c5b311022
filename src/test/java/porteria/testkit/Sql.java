package porteria.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import porteria.embedded.PostgresAccess;

/** Statements of the superuser, whom no row-level security binds. */
public final class Sql implements AutoCloseable {

  private final Connection connection;

  /** Opens a connection; whoever made it closes it. */
  public Sql(PostgresAccess superuser) {
    try {
      this.connection = superuser.connect();
    } catch (SQLException e) {
      throw new IllegalStateException("no way into the test's database", e);
    }
  }

  /** Runs a statement that returns an id. */
  public UUID id(String sql, Object... parameters) {
    return UUID.fromString(lines(sql, parameters).getFirst());
  }

  /** Runs a query for one number. */
  public long number(String sql, Object... parameters) {
    return Long.parseLong(lines(sql, parameters).getFirst());
  }

  /** The rows of a query, their columns separated by a space; none of another statement. */
  public synchronized List<String> lines(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> lines = new ArrayList<>();
      if (!statement.execute()) {
        return lines;
      }
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          List<String> line = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            line.add(String.valueOf(rows.getString(i)));
          }
          lines.add(String.join(" ", line));
        }
        return lines;
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot close", e);
    }
  }
}
