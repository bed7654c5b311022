package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.PageForm;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** How those who guess passwords are slowed down. */
@ExtendWith(RunningServerExtension.class)
class SlowGuessingTest {

  private static final int PATIENCE = 5;

  private final RunningServer server;
  private final TestSchool school;
  private final String person;

  SlowGuessingTest(RunningServer server) {
    this.server = server;
    school = server.school();
    person = school.email(Role.INSPECTOR);
  }

  @Test
  void after_five_failures_even_the_right_password_waits_half_a_minute() {
    fail(person, PATIENCE);
    Reply closed = right(person);
    assertThat(closed.status()).isEqualTo(429);
    assertThat(closed.get("type")).isEqualTo("urn:porteria:problem:too-many-requests");
    assertThat(closed.header("Retry-After")).isEqualTo("30");
    server.clock().advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(right(person).status()).isEqualTo(429);
    server.clock().advance(Duration.ofMillis(1));
    assertThat(right(person).status()).isEqualTo(200);
  }

  @Test
  void each_further_failure_doubles_the_wait_up_to_a_quarter_of_an_hour() {
    fail(person, PATIENCE);
    List<Integer> waits = List.of(30, 60, 120, 240, 480, 900, 900);
    for (int seconds : waits) {
      server.clock().advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(right(person).status()).as("before %d s", seconds).isEqualTo(429);
      server.clock().advance(Duration.ofMillis(1));
      assertThat(wrong(person).status()).as("after %d s", seconds).isEqualTo(401);
    }
  }

  @Test
  void signing_in_begins_the_count_anew() {
    fail(person, PATIENCE - 1);
    assertThat(right(person).status()).isEqualTo(200);
    fail(person, PATIENCE - 1);
    assertThat(right(person).status()).isEqualTo(200);
  }

  @Test
  void a_mailbox_that_nobody_has_is_answered_alike() {
    String nobody = "nadie." + school.id() + "@example.test";
    List<String> known = IntStream.range(0, PATIENCE + 2).mapToObj(i -> told(person)).toList();
    List<String> unknown = IntStream.range(0, PATIENCE + 2).mapToObj(i -> told(nobody)).toList();
    assertThat(unknown).isEqualTo(known);
  }

  @Test
  void one_persons_failures_close_nobody_else_out() {
    fail(person, PATIENCE);
    assertThat(right(school.email(Role.DIRECTOR)).status()).isEqualTo(200);
  }

  @Test
  void many_guesses_at_once_are_no_more_than_five() {
    List<Future<Reply>> guesses =
        IntStream.range(0, 20).mapToObj(i -> send(person, "otra clave", "10.0.0.9")).toList();
    List<Integer> answers = guesses.stream().map(guess -> guess.await().status()).toList();
    assertThat(answers).filteredOn(status -> status == 401).hasSize(PATIENCE);
    assertThat(answers).filteredOn(status -> status == 429).hasSize(20 - PATIENCE);
  }

  @Test
  void an_address_that_tries_many_mailboxes_is_slowed_down_and_no_other() {
    for (int i = 0; i < 20; i++) {
      String mailbox = "nadie" + i + "." + school.id() + "@example.test";
      assertThat(send(mailbox, "otra clave", "10.0.0.7").await().status()).isEqualTo(401);
    }
    assertThat(send(person, TestSchool.PASSWORD, "10.0.0.7").await().status()).isEqualTo(429);
    assertThat(send(person, TestSchool.PASSWORD, "10.0.0.8").await().status()).isEqualTo(200);
    server.clock().advance(Duration.ofSeconds(30));
    assertThat(send(person, TestSchool.PASSWORD, "10.0.0.7").await().status()).isEqualTo(200);
  }

  @Test
  void who_writes_addresses_of_their_own_into_the_header_is_known_all_the_same() {
    for (int i = 0; i < 20; i++) {
      String mailbox = "nadie" + i + "." + school.id() + "@example.test";
      String tale = "192.0.2." + i + ", 10.0.0.6";
      assertThat(send(mailbox, "otra clave", tale).await().status()).isEqualTo(401);
    }
    assertThat(send(person, TestSchool.PASSWORD, "10.0.0.6").await().status()).isEqualTo(429);
  }

  @Test
  void addresses_of_one_version_six_network_are_one() {
    for (int i = 0; i < 20; i++) {
      String mailbox = "nadie" + i + "." + school.id() + "@example.test";
      String address = "2001:db8:5:6::" + Integer.toHexString(i + 1);
      assertThat(send(mailbox, "otra clave", address).await().status()).isEqualTo(401);
    }
    assertThat(send(person, TestSchool.PASSWORD, "2001:db8:5:6:7::8").await().status())
        .isEqualTo(429);
    assertThat(send(person, TestSchool.PASSWORD, "2001:db8:5:7::8").await().status())
        .isEqualTo(200);
  }

  @Test
  void people_who_mistype_and_then_come_in_do_not_use_up_the_address_of_their_school() {
    for (int i = 0; i < 8; i++) {
      fail(person, PATIENCE - 1);
      assertThat(right(person).status()).as("after %d failures", 4 * (i + 1)).isEqualTo(200);
    }
  }

  @Test
  void coming_in_takes_back_nobody_elses_failures_at_the_address() {
    for (int i = 0; i < 19; i++) {
      assertThat(wrong("nadie" + i + person).status()).isEqualTo(401);
    }
    assertThat(right(person).status()).isEqualTo(200);
    assertThat(wrong("nadie" + person).status()).isEqualTo(401);
    assertThat(right(person).status()).isEqualTo(429);
  }

  @Test
  void the_pages_are_no_way_around() {
    fail(person, PATIENCE);
    Reply page =
        PageForm.signIn(
            server,
            MultiMap.caseInsensitiveMultiMap()
                .add("email", person)
                .add("password", TestSchool.PASSWORD));
    assertThat(page.status()).isEqualTo(429);
    assertThat(page.text()).contains("Demasiados intentos");
  }

  @Test
  void neither_mailbox_nor_address_is_written_down() {
    send(person, "otra clave", "10.0.0.5").await();
    assertThat(server.sql().lines("SELECT sign_in_attempt::text FROM sign_in_attempt"))
        .isNotEmpty()
        .noneMatch(row -> row.contains("@") || row.contains("10.0.0.5"));
  }

  private void fail(String email, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(wrong(email).status()).isEqualTo(401);
    }
  }

  private String told(String email) {
    Reply reply = wrong(email);
    JsonObject problem = reply.json();
    problem.remove("request_id");
    return reply.status() + " " + problem.encode();
  }

  /** From an address of its own, so that no test slows down another. */
  private Reply wrong(String email) {
    return send(email, "otra clave", school.address()).await();
  }

  private Reply right(String email) {
    return send(email, TestSchool.PASSWORD, school.address()).await();
  }

  private Future<Reply> send(String email, String password, String forwardedFor) {
    return server
        .request(HttpMethod.POST, "/api/v1/auth/login")
        .putHeader("X-Forwarded-For", forwardedFor)
        .sendJsonObject(new JsonObject().put("email", email).put("password", password))
        .map(Reply::of);
  }
}
