package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * How far the loading of a file, or its dry run, has come. Counts alone: all staff of the school
 * who watch it may see them.
 *
 * @param rowsDone of this phase; while writing, by the share of statements that are done
 * @param rowsTotal of the file without its heading; 0 until it is known
 */
public record ImportProgress(
    UUID schoolId, UUID importId, Phase phase, int rowsDone, int rowsTotal) {

  /** What is done with the file, in this order; the last of it is one of the last two. */
  public enum Phase {
    READING,
    CHECKING,
    WRITING,
    /** The report has no error. */
    DONE,
    /** Nothing was loaded, or would be: there are errors, or the server failed. */
    FAILED;

    public boolean isLast() {
      return this == DONE || this == FAILED;
    }
  }

  /** The frame that browsers get. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("type", "import")
        .put("import_id", importId.toString())
        .put("phase", phase.name())
        .put("rows_done", rowsDone)
        .put("rows_total", rowsTotal);
  }
}
