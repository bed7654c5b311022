package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** A dashboard behind a proxy that lets no WebSocket through. */
@ExtendWith(RunningServerExtension.class)
class LiveFallbackTest {

  private final String socket = "/eventbus/000/" + UUID.randomUUID() + "/";
  private final RunningServer server;
  private final TestSchool school;
  private final String cookie;

  LiveFallbackTest(RunningServer server) {
    this.server = server;
    school = server.school();
    cookie = "porteria_session=" + school.login(Role.INSPECTOR);
  }

  private Reply post(String transport, Buffer body) {
    return Reply.of(
        server
            .request(HttpMethod.POST, socket + transport)
            .putHeader("Cookie", cookie)
            .sendBuffer(body)
            .await());
  }

  @Test
  void changes_reach_a_browser_that_can_only_ask_for_them() {
    assertThat(post("xhr", Buffer.buffer()).text()).isEqualTo("o\n");
    JsonObject register =
        new JsonObject()
            .put("type", "register")
            .put("address", "client.school." + school.id())
            .put("headers", new JsonObject());
    Reply said = post("xhr_send", new JsonArray().add(register.encode()).toBuffer());
    assertThat(said.status()).as(said.text()).isEqualTo(204);
    school.north().in(school.pupil("Ana Rojas"), server.now());
    await().until(() -> post("xhr", Buffer.buffer()).text().contains("Ana Rojas"));
  }

  @Test
  void what_is_longer_than_any_dashboard_says_is_refused() {
    post("xhr", Buffer.buffer());
    assertThat(post("xhr_send", Buffer.buffer("x".repeat(5_000))).status()).isEqualTo(413);
  }

  @Test
  void nobody_sends_on_a_connection_that_is_closed_after_a_poll() {
    assertThat(post("xhr", Buffer.buffer()).header("Connection")).isEqualTo("close");
  }
}
