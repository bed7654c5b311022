package porteria.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import porteria.db.Database;

/** What the pages say of the school that a session belongs to. */
public final class SchoolDirectory {

  private static final String BY_ID = "SELECT name, timezone, language FROM school WHERE id = $1";

  /** As the worker: whoever has not signed in has no school yet. */
  private static final String NAME = "SELECT name FROM school WHERE slug = $1";

  private final Database database;

  public SchoolDirectory(Database database) {
    this.database = database;
  }

  /**
   * A school as its people know it.
   *
   * @param language of its pages
   */
  public record School(String name, ZoneId zone, String language) {}

  /** The name of the school with this short name. */
  public Future<Optional<String>> name(String slug) {
    return database
        .workerQuery(NAME, Tuple.of(slug))
        .map(rows -> rows.stream().map(row -> row.getString("name")).findFirst());
  }

  /** The school of a session; it exists, for sessions are of existing schools. */
  public Future<School> find(UUID schoolId) {
    return database
        .inSchool(
            schoolId, connection -> connection.preparedQuery(BY_ID).execute(Tuple.of(schoolId)))
        .map(
            rows -> {
              var row = rows.iterator().next();
              return new School(
                  row.getString("name"),
                  ZoneId.of(row.getString("timezone")),
                  row.getString("language"));
            });
  }
}
