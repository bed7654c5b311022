package porteria.embedded.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;

/** Ids of new rows, drawn from the database's own generator, many at once. */
final class Ids {

  private final Queue<UUID> drawn;

  private Ids(Queue<UUID> drawn) {
    this.drawn = drawn;
  }

  static Ids draw(Connection connection, int count) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT uuidv7() FROM generate_series(1, ?)")) {
      statement.setInt(1, count);
      Queue<UUID> ids = new ArrayDeque<>(count);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
      return new Ids(ids);
    }
  }

  /** One that was not handed out before. */
  UUID next() {
    return drawn.remove();
  }
}
