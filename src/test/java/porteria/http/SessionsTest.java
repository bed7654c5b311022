package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.LiveSocket;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** How sessions of staff go on and end. */
@ExtendWith(RunningServerExtension.class)
class SessionsTest {

  private static final Duration FORGOTTEN = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final String READ = "/attendance/day";

  private final RunningServer server;
  private final TestSchool school;

  SessionsTest(RunningServer server) {
    this.server = server;
    school = server.school();
  }

  @Test
  void signing_in_answers_an_access_token_a_refresh_token_and_a_life() {
    Reply reply = school.signIn(Role.INSPECTOR);
    assertThat(reply.json().fieldNames())
        .containsExactlyInAnyOrder("access_token", "refresh_token", "expires_in", "device_token");
    assertThat(reply.get("refresh_token")).matches("[\\w-]{43}");
    assertThat(server.get(READ, reply.get("access_token")).status()).isEqualTo(200);
  }

  @Test
  void a_refresh_token_is_answered_with_working_tokens_and_a_new_one() {
    String first = school.signIn(Role.INSPECTOR).get("refresh_token");
    Reply renewed = refresh(first);
    assertThat(renewed.status()).isEqualTo(200);
    assertThat(renewed.get("refresh_token")).isNotEqualTo(first).matches("[\\w-]{43}");
    assertThat(server.get(READ, renewed.get("access_token")).status()).isEqualTo(200);
    assertThat(refresh(renewed.get("refresh_token")).status()).isEqualTo(200);
  }

  @Test
  void no_refresh_token_is_stored() {
    String first = school.signIn(Role.INSPECTOR).get("refresh_token");
    String second = refresh(first).get("refresh_token");
    String rows =
        String.join(
            " ",
            server
                .sql()
                .lines(
                    "SELECT token_hash::text || encode(token_hash, 'escape') FROM refresh_token"
                        + " WHERE school_id = ?",
                    school.id()));
    assertThat(rows).isNotEmpty().doesNotContain(first, second);
  }

  @Test
  void the_token_spent_last_is_answered_for_ten_seconds_with_the_very_same_successor() {
    String first = school.signIn(Role.INSPECTOR).get("refresh_token");
    String second = refresh(first).get("refresh_token");
    server.clock().advance(GRACE.minusMillis(1));
    assertThat(refresh(first).get("refresh_token")).isEqualTo(second);
    assertThat(refresh(second).status()).isEqualTo(200);
  }

  @Test
  void a_token_spent_longer_ago_ends_the_session_and_its_access_tokens() {
    Reply signedIn = school.signIn(Role.INSPECTOR);
    Reply renewed = refresh(signedIn.get("refresh_token"));
    server.clock().advance(GRACE);
    refused(refresh(signedIn.get("refresh_token")));
    refused(refresh(renewed.get("refresh_token")));
    refused(server.get(READ, renewed.get("access_token")));
    refused(server.get(READ, signedIn.get("access_token")));
  }

  @Test
  void a_token_before_the_one_spent_last_ends_the_session_at_once() {
    String first = school.signIn(Role.INSPECTOR).get("refresh_token");
    String third = refresh(refresh(first).get("refresh_token")).get("refresh_token");
    refused(refresh(first));
    refused(refresh(third));
  }

  @Test
  void a_stolen_token_ends_no_other_session_of_the_same_person() {
    String first = school.signIn(Role.INSPECTOR).get("refresh_token");
    String other = school.signIn(Role.INSPECTOR).get("refresh_token");
    refresh(refresh(first).get("refresh_token"));
    refused(refresh(first));
    assertThat(refresh(other).status()).isEqualTo(200);
  }

  @Test
  void many_at_once_with_one_token_get_one_and_the_same_successor() {
    String first = school.signIn(Role.INSPECTOR).get("refresh_token");
    List<Future<Reply>> asked =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    server.posted(
                        "/auth/refresh", "none", new JsonObject().put("refresh_token", first)))
            .toList();
    List<Reply> replies = asked.stream().map(reply -> reply.await()).toList();
    assertThat(replies).extracting(Reply::status).containsOnly(200);
    assertThat(replies)
        .extracting(reply -> reply.get("refresh_token"))
        .containsOnly(replies.getFirst().get("refresh_token"));
  }

  @Test
  void a_session_cannot_be_renewed_for_ever() {
    String token = school.signIn(Role.INSPECTOR).get("refresh_token");
    server.clock().advance(Duration.ofDays(30).minusSeconds(1));
    String last = refresh(token).get("refresh_token");
    server.clock().advance(Duration.ofSeconds(1));
    refused(refresh(last));
  }

  @Test
  void a_token_that_nobody_was_given_is_refused() {
    refused(refresh("x".repeat(43)));
    refused(refresh("\u0000"));
  }

  @Test
  void signing_out_ends_this_session_within_seconds_and_no_other() {
    Reply one = school.signIn(Role.TEACHER);
    Reply two = school.signIn(Role.INSPECTOR);
    Reply three = school.signIn(Role.INSPECTOR);
    assertThat(logout(two, new JsonObject()).status()).isEqualTo(204);
    refused(refresh(two.get("refresh_token")));
    server.clock().advance(FORGOTTEN);
    refused(server.get(READ, two.get("access_token")));
    assertThat(server.get(READ, three.get("access_token")).status()).isEqualTo(200);
    assertThat(refresh(three.get("refresh_token")).status()).isEqualTo(200);
    assertThat(refresh(one.get("refresh_token")).status()).isEqualTo(200);
  }

  @Test
  void signing_out_needs_no_body() {
    Reply signedIn = school.signIn(Role.TEACHER);
    Reply reply =
        Reply.of(
            server
                .request(HttpMethod.POST, "/api/v1/auth/logout")
                .bearerTokenAuthentication(signedIn.get("access_token"))
                .send()
                .await());
    assertThat(reply.status()).isEqualTo(204);
    refused(refresh(signedIn.get("refresh_token")));
  }

  @Test
  void signing_out_everywhere_ends_all_sessions_of_the_person_and_nobody_elses() {
    Reply director = school.signIn(Role.DIRECTOR);
    Reply one = school.signIn(Role.INSPECTOR);
    Reply two = school.signIn(Role.INSPECTOR);
    assertThat(logout(one, new JsonObject().put("everywhere", true)).status()).isEqualTo(204);
    server.clock().advance(FORGOTTEN);
    refused(refresh(two.get("refresh_token")));
    refused(server.get(READ, two.get("access_token")));
    assertThat(server.get(READ, director.get("access_token")).status()).isEqualTo(200);
    Reply again = school.signIn(Role.INSPECTOR);
    assertThat(server.get(READ, again.get("access_token")).status()).isEqualTo(200);
  }

  @Test
  void a_raised_version_ends_tokens_pages_and_sockets_within_seconds() {
    String token = school.signIn(Role.INSPECTOR).get("access_token");
    LiveSocket socket = listening(token);
    assertThat(page(token)).isEqualTo(200);
    server
        .sql()
        .lines(
            "UPDATE staff_user SET token_version = token_version + 1 WHERE email = ?",
            school.email(Role.INSPECTOR));
    server.clock().advance(FORGOTTEN);
    refused(server.get(READ, token));
    assertThat(page(token)).as("the page sends to the login").isEqualTo(303);
    await().until(socket::isClosed);
  }

  @Test
  void a_socket_that_turned_from_a_foreign_address_still_closes_with_its_session() {
    Reply signedIn = school.signIn(Role.INSPECTOR);
    LiveSocket socket = listening(signedIn.get("access_token"));
    socket.unregister("client.school.00000000-0000-7000-8000-000000000000");
    logout(signedIn, new JsonObject());
    server.clock().advance(FORGOTTEN);
    await().until(socket::isClosed);
  }

  @Test
  void a_locked_person_neither_reads_nor_renews_nor_signs_in() {
    Reply signedIn = school.signIn(Role.INSPECTOR);
    server
        .sql()
        .lines(
            "UPDATE staff_user SET locked_at = '2026-06-10Z' WHERE email = ?",
            school.email(Role.INSPECTOR));
    server.clock().advance(FORGOTTEN);
    refused(server.get(READ, signedIn.get("access_token")));
    refused(refresh(signedIn.get("refresh_token")));
    refused(school.signIn(Role.INSPECTOR));
  }

  @Test
  void a_socket_closes_when_its_token_expires() {
    LiveSocket socket = listening(school.signIn(Role.INSPECTOR).get("access_token"));
    server.clock().advance(Duration.ofHours(12));
    await().until(socket::isClosed);
  }

  @Test
  void opening_and_ending_sessions_is_in_the_audit_trail() {
    Reply one = school.signIn(Role.DIRECTOR);
    logout(one, new JsonObject());
    String two = school.signIn(Role.DIRECTOR).get("refresh_token");
    refresh(refresh(two).get("refresh_token"));
    refresh(two);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT actor_kind, action, after->>'cause' FROM audit_log"
                        + " WHERE school_id = ? ORDER BY seq",
                    school.id()))
        .containsExactly(
            "STAFF staff.login null",
            "STAFF session.revoked signed out",
            "STAFF staff.login null",
            "ANONYMOUS session.revoked a spent refresh token came again");
  }

  /** A socket on which changes arrive. */
  private LiveSocket listening(String token) {
    LiveSocket socket = LiveSocket.open(server, token, school.id());
    await()
        .until(
            () -> {
              school.north().in(school.pupil("Ana Rojas"), server.now());
              return socket.hasNews();
            });
    return socket;
  }

  private int page(String cookie) {
    return server
        .request(HttpMethod.GET, "/dashboard")
        .followRedirects(false)
        .putHeader("Cookie", "porteria_session=" + cookie)
        .send()
        .await()
        .statusCode();
  }

  private Reply refresh(String token) {
    return server.post("/auth/refresh", "none", new JsonObject().put("refresh_token", token));
  }

  private Reply logout(Reply signedIn, JsonObject body) {
    return server.post("/auth/logout", signedIn.get("access_token"), body);
  }

  private static void refused(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(401);
    assertThat(reply.get("type")).isEqualTo("urn:porteria:problem:unauthenticated");
  }
}
