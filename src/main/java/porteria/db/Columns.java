package porteria.db;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Java's values as parameters of statements. Many rows are one parameter a column, for {@code
 * unnest}.
 */
public final class Columns {

  private Columns() {}

  /** One column of all rows, in their order. */
  public static <T, C> @Nullable C[] of(
      List<T> rows, IntFunction<@Nullable C[]> array, Function<T, @Nullable C> value) {
    @Nullable C[] column = array.apply(rows.size());
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    return column;
  }

  /** One column of texts. */
  public static <T> @Nullable String[] strings(List<T> rows, Function<T, @Nullable String> value) {
    return of(rows, String[]::new, value);
  }

  /** A {@code timestamptz}. */
  public static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A {@code timestamptz}, or NULL. */
  public static @Nullable OffsetDateTime utc(Optional<Instant> instant) {
    return instant.map(Columns::utc).orElse(null);
  }
}
