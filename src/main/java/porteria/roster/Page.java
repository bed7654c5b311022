package porteria.roster;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next the item shown last, after which the next page begins; empty on the last page
 */
public record Page<T>(List<T> items, Optional<UUID> next) {

  public Page {
    items = List.copyOf(items);
  }

  /** A page of at most {@code limit} rows, of which one more was asked for. */
  static <T> Page<T> of(RowSet<Row> rows, int limit, Function<Row, T> read) {
    List<Row> found = rows.stream().toList();
    List<Row> shown = found.subList(0, Math.min(limit, found.size()));
    Optional<UUID> next =
        found.size() > limit ? Optional.of(shown.getLast().getUUID("id")) : Optional.empty();
    return new Page<>(shown.stream().map(read).toList(), next);
  }
}
