package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.multipart.MultipartForm;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** People change the roster while the gate, an import or others are at it too. */
@ExtendWith({TestServersExtension.class, RunningServerExtension.class})
@SuppressWarnings("NullAway.Init") // by connect
class BesideOthersTest {

  private static final String FILE =
      """
      student_number,full_name,course,grade,guardian1_name,guardian1_phone
      1,Ana Rojas,%s,%s,%s,+56912345678
      """;

  private final TestServers servers;
  private final RunningServer server;
  private final RosterDesk desk;
  private Connection other;

  BesideOthersTest(TestServers servers, RunningServer server) {
    this.servers = servers;
    this.server = server;
    desk = new RosterDesk(server, server.school());
  }

  @BeforeEach
  void connect() throws SQLException {
    other = servers.superuser().onDatabase(server.database().database()).connect();
    other.setAutoCommit(false);
  }

  @AfterEach
  void disconnect() throws SQLException {
    other.close();
  }

  @Test
  void who_refers_to_a_pupil_a_gate_a_course_or_the_school_keeps_nobody_from_changing_it()
      throws SQLException {
    String pupil = desk.made("/students", desk.pupil("1", "Ana Rojas"));
    String gate =
        desk.made("/gates", new JsonObject().put("gate_id", "OESTE").put("name", "Poniente"));
    String course = desk.made("/courses", new JsonObject().put("name", "1.º A").put("grade", "1"));
    // As foreign keys do until whoever refers to it commits.
    refer("student", pupil);
    refer("gate", gate);
    refer("course", course);
    refer("school", desk.school().id().toString());
    changed("/students/" + pupil, desk.pupil("1", "Ana María Rojas"));
    changed("/gates/" + gate, new JsonObject().put("name", "Oeste"));
    changed("/courses/" + course, new JsonObject().put("name", "1.º A").put("grade", "2"));
    JsonObject school =
        new JsonObject()
            .put("name", "Otro nombre")
            .put("country", "CL")
            .put("timezone", "America/Santiago")
            .put("language", "es");
    changed("/school", school);
  }

  @Test
  void who_is_erased_while_a_file_comes_in_that_names_them_stays_erased() throws SQLException {
    String course = desk.made("/courses", new JsonObject().put("name", "1.º A").put("grade", "1"));
    assertThat(load(FILE.formatted("1.º A", "1", "Rosa Soto")).await().statusCode()).isEqualTo(200);
    String rosa = desk.get("/guardians").list("items").getFirst().getString("id");
    lock("SELECT FROM course WHERE id = '" + course + "' FOR UPDATE");
    // It has read who Rosa is, and waits for the course before it writes her name anew.
    Future<HttpResponse<Buffer>> loaded = load(FILE.formatted("1.º A", "2", "ROSA SOTO"));
    await().until(() -> waiting() == 1);
    Future<HttpResponse<Buffer>> erased =
        server
            .request(HttpMethod.POST, "/api/v1/guardians/" + rosa + "/erase")
            .bearerTokenAuthentication(desk.school().login(Role.ADMIN))
            .sendJsonObject(new JsonObject().put("reason", "REQUESTED"));
    await().until(() -> erased.isComplete() || waiting() == 2);
    other.rollback();
    assertThat(loaded.await().statusCode()).isEqualTo(200);
    assertThat(erased.await().statusCode()).isEqualTo(200);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT full_name, (SELECT count(*) FROM guardian_contact c"
                        + " WHERE c.guardian_id = g.id), (SELECT count(*) FROM student_guardian s"
                        + " WHERE s.guardian_id = g.id) FROM guardian g WHERE id = ?",
                    UUID.fromString(rosa)))
        .containsExactly("Borrado 0 0");
  }

  private void refer(String table, String id) throws SQLException {
    lock("SELECT FROM " + table + " WHERE id = '" + id + "' FOR KEY SHARE");
  }

  private void lock(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  private void changed(String path, JsonObject body) {
    Reply reply = desk.put(path, body);
    assertThat(reply.status()).as(path + " " + reply.text()).isEqualTo(200);
  }

  /** Of those who serve people: what plans the day waits for the course too. */
  private long waiting() {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'porteria-web' AND wait_event_type = 'Lock'");
  }

  private Future<HttpResponse<Buffer>> load(String file) {
    return server
        .request(HttpMethod.POST, "/api/v1/roster/import")
        .bearerTokenAuthentication(desk.school().login(Role.ADMIN))
        .sendMultipartForm(
            MultipartForm.create()
                .binaryFileUpload("file", "a.csv", Buffer.buffer(file), "text/csv"));
  }
}
