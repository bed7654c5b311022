package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import porteria.audit.AuditLog;
import porteria.audit.AuditPage;
import porteria.audit.AuditQuery;
import porteria.audit.StoredEntry;
import porteria.http.door.Cursors;

/** Who did what. */
final class AuditOperations {

  private static final int PAGE = 50;

  private static final String HEADING =
      Csv.line(
          List.of(
              "seq",
              "at",
              "actor_kind",
              "actor_id",
              "actor_role",
              "ip",
              "action",
              "entity",
              "entity_id",
              "before",
              "after",
              "hash"));

  private final AuditLog audit;

  AuditOperations(AuditLog audit) {
    this.audit = audit;
  }

  Future<Answer> list(Call call) {
    return audit
        .find(query(call), call.queryInteger("limit", PAGE))
        .map(page -> Answer.ok(json(page)));
  }

  Future<Answer> export(Call call) {
    return audit
        .export(query(call), call.actor())
        .map(
            entries ->
                Answer.csv(
                    "audit.csv",
                    entries.stream()
                        .map(AuditOperations::line)
                        .collect(Collectors.joining("", HEADING, ""))));
  }

  private static AuditQuery query(Call call) {
    return new AuditQuery(
        call.staff().schoolId(),
        call.queryId("actor"),
        call.query("action"),
        call.query("entity"),
        call.query("entity_id"),
        call.queryTime("from"),
        call.queryTime("to"),
        call.query("cursor").map(Cursors::number));
  }

  private static JsonObject json(AuditPage page) {
    return new JsonObject()
        .put("items", new JsonArray(page.items().stream().map(AuditOperations::json).toList()))
        .put("next_cursor", page.next().map(Cursors::text).orElse(null));
  }

  private static JsonObject json(StoredEntry entry) {
    JsonObject actor = new JsonObject().put("kind", entry.actorKind());
    entry.actorId().ifPresent(id -> actor.put("id", id.toString()));
    entry.actorRole().ifPresent(role -> actor.put("role", role));
    entry.ip().ifPresent(ip -> actor.put("ip", ip));
    JsonObject item =
        new JsonObject()
            .put("seq", entry.seq())
            .put("at", entry.at().toString())
            .put("actor", actor)
            .put("action", entry.action())
            .put("entity", entry.entity())
            .put("entity_id", entry.entityId())
            .put("hash", hex(entry));
    entry.before().ifPresent(before -> item.put("before", new JsonObject(before)));
    entry.after().ifPresent(after -> item.put("after", new JsonObject(after)));
    return item;
  }

  private static String line(StoredEntry entry) {
    return Csv.line(
        List.of(
            Long.toString(entry.seq()),
            entry.at().toString(),
            entry.actorKind(),
            text(entry.actorId()),
            text(entry.actorRole()),
            text(entry.ip()),
            entry.action(),
            entry.entity(),
            entry.entityId(),
            text(entry.before()),
            text(entry.after()),
            hex(entry)));
  }

  private static String text(Optional<?> cell) {
    return cell.map(Object::toString).orElse("");
  }

  private static String hex(StoredEntry entry) {
    return HexFormat.of().formatHex(entry.hash().getBytes());
  }
}
