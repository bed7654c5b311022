package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import porteria.roster.ImportReport;
import porteria.roster.ImportRun;
import porteria.roster.RosterImport;
import porteria.roster.RowError;
import porteria.roster.RowNotice;

/** Loading a school from a file. */
final class ImportOperations {

  private final RosterImport rosterImport;

  ImportOperations(RosterImport rosterImport) {
    this.rosterImport = rosterImport;
  }

  Future<Answer> load(Call call) {
    UUID school = call.staff().schoolId();
    Buffer file = call.input().file().orElseThrow();
    Future<ImportRun> run =
        call.queryBoolean("dry_run", false)
            ? rosterImport.rehearse(school, file)
            : rosterImport.load(school, file, call.actor());
    return run.map(each -> Answer.ok(json(each)));
  }

  private static JsonObject json(ImportRun run) {
    ImportReport report = run.report();
    return new JsonObject()
        .put("import_id", run.id().toString())
        .put("imported", report.imported())
        .put("created", report.created())
        .put("updated", report.updated())
        .put("unchanged", report.unchanged())
        .put("changes", array(report.changes(), ImportOperations::json))
        .put("change_count", report.changeCount())
        .put("courses", array(report.courses(), ImportOperations::json))
        .put("course_count", report.courseCount())
        .put("notices", array(report.notices(), ImportOperations::json))
        .put("notice_count", report.noticeCount())
        .put("errors", array(report.errors(), ImportOperations::json))
        .put("error_count", report.errorCount());
  }

  private static JsonObject json(ImportReport.Change change) {
    return new JsonObject()
        .put("row", change.row())
        .put("student_number", change.number())
        .put("action", change.action().name())
        .put("fields", new JsonArray(change.fields()))
        .put("values", array(change.values(), ImportOperations::json));
  }

  private static JsonObject json(ImportReport.CourseChange change) {
    return new JsonObject()
        .put("name", change.name())
        .put("action", change.action().name())
        .put("fields", new JsonArray(change.fields()))
        .put("values", array(change.values(), ImportOperations::json));
  }

  private static JsonObject json(ImportReport.Value value) {
    JsonObject json = new JsonObject().put("field", value.field());
    value.before().ifPresent(before -> json.put("before", before));
    return json.put("after", value.after());
  }

  private static JsonObject json(RowNotice notice) {
    return new JsonObject()
        .put("row", notice.row())
        .put("column", notice.column())
        .put("detail", notice.detail());
  }

  private static JsonObject json(RowError error) {
    return new JsonObject()
        .put("row", error.row())
        .put("column", error.column())
        .put("detail", error.detail());
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
    return new JsonArray(items.stream().map(json).toList());
  }
}
