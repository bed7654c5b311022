package porteria.roster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.multipart.MultipartForm;
import java.util.List;
import java.util.UUID;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.TestSchool;

/** The roster of a test's school, as its admin keeps it over HTTP. */
record RosterDesk(RunningServer server, TestSchool school) {

  Reply get(String path) {
    return school.get(path);
  }

  Reply post(String path, JsonObject body) {
    return server.post(path, school.login(Role.ADMIN), body);
  }

  Reply put(String path, JsonObject body) {
    return send(HttpMethod.PUT, path, body, Role.ADMIN);
  }

  Reply delete(String path) {
    return send(HttpMethod.DELETE, path, new JsonObject(), Role.ADMIN);
  }

  Reply send(HttpMethod method, String path, JsonObject body, Role role) {
    var request =
        server.request(method, "/api/v1" + path).bearerTokenAuthentication(school.login(role));
    return Reply.of((body.isEmpty() ? request.send() : request.sendJsonObject(body)).await());
  }

  /** Loads a file; what is answered. */
  JsonObject load(String file) {
    Reply reply =
        Reply.of(
            server
                .request(HttpMethod.POST, "/api/v1/roster/import")
                .bearerTokenAuthentication(school.login(Role.ADMIN))
                .sendMultipartForm(
                    MultipartForm.create()
                        .binaryFileUpload("file", "a.csv", Buffer.buffer(file), "text/csv"))
                .await());
    if (reply.status() != 200) {
      throw new AssertionError(reply.text());
    }
    return reply.json();
  }

  /** A pupil of the first course as it is sent; nobody answers for it yet. */
  JsonObject pupil(String number, String name) {
    return new JsonObject()
        .put("student_number", number)
        .put("full_name", name)
        .put("course_id", school.course().toString())
        .put("status", "ACTIVE")
        .put("guardian_ids", new JsonArray());
  }

  static JsonObject guardian(String name, JsonObject... contacts) {
    return new JsonObject()
        .put("full_name", name)
        .put("language", "es")
        .put("contacts", new JsonArray(List.of(contacts)));
  }

  static JsonObject whatsApp(String phone) {
    return new JsonObject().put("channel", "WHATSAPP").put("address", phone);
  }

  static JsonObject email(String mailbox) {
    return new JsonObject().put("channel", "EMAIL").put("address", mailbox);
  }

  /** The id of something just added. */
  String made(String path, JsonObject body) {
    Reply reply = post(path, body);
    if (reply.status() != 201) {
      throw new AssertionError(reply.text());
    }
    return reply.get("id");
  }

  List<String> names(String path) {
    return get(path).list("items").stream().map(item -> item.getString("full_name")).toList();
  }

  /** What the audit trail says of a record, the oldest first: action and what is known after. */
  List<String> acts(String id) {
    return server
        .sql()
        .lines(
            "SELECT action, after FROM audit_log WHERE school_id = ? AND entity_id = ? ORDER BY seq",
            school.id(),
            id);
  }

  long count(String sql, String id) {
    return server.sql().number(sql, UUID.fromString(id));
  }
}
