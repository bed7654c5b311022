package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.LimitSettings;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Who asks too often is told when to come back, and nobody else notices. */
@ExtendWith(TestServersExtension.class)
class AdmissionTest {

  private static final int ADDRESS = 12;
  private static final int ACCOUNT = 6;
  private static final int DEVICE = 5;

  /**
   * So many times its limit nobody gets. Beyond the limit come those that a bucket gains in real
   * time, and as many again when Redis is late and the node counts by itself from then on.
   */
  private static final int MOST = 4;

  @SuppressWarnings("NullAway.Init") // by start
  private RunningServer server;

  @BeforeEach
  void start(TestServers servers) {
    server = RunningServer.limited(servers, new LimitSettings(ADDRESS, ACCOUNT, DEVICE));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_kiosk_beyond_its_rate_is_told_to_come_back_and_its_neighbour_is_not() {
    TestSchool school = server.school();
    assertThat(untilRefused(DEVICE, i -> scan(school.north(), school)))
        .filteredOn(reply -> reply.status() == 202)
        .hasSizeBetween(DEVICE, DEVICE * MOST);
    assertThat(scan(school.south(), school).status()).isEqualTo(202);
  }

  @Test
  void what_was_refused_says_how_long_to_wait_as_a_problem() {
    TestSchool school = server.school();
    Reply refused = untilRefused(DEVICE, i -> scan(school.north(), school)).getLast();
    assertThat(refused.get("type")).isEqualTo("urn:porteria:problem:too-many-requests");
    assertThat(refused.get("detail")).contains("Allowed are " + DEVICE + " requests a minute");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
  }

  @Test
  void a_person_beyond_the_rate_is_refused_and_a_colleague_is_not() {
    TestSchool school = server.school();
    String director = school.login(Role.DIRECTOR);
    String inspector = school.login(Role.INSPECTOR);
    assertThat(untilRefused(ACCOUNT, i -> server.get("/attendance/day", director)))
        .extracting(Reply::status)
        .contains(200)
        .containsOnly(200, 429);
    assertThat(server.get("/attendance/day", inspector).status()).isEqualTo(200);
  }

  @Test
  void a_flood_of_bad_tokens_is_refused_by_its_address_while_kiosks_are_served() {
    TestSchool school = server.school();
    assertThat(
            untilRefused(
                ADDRESS, i -> server.post("/attendance/scan", "bad" + i, new JsonObject())))
        .extracting(Reply::status)
        .containsOnly(401, 429);
    assertThat(scan(school.north(), school).status()).isEqualTo(202);
  }

  @Test
  void a_forwarded_address_is_not_believed_of_a_stranger() {
    assertThat(
            untilRefused(
                ADDRESS,
                i ->
                    Reply.of(
                        server
                            .request(HttpMethod.POST, "/api/v1/attendance/scan")
                            .putHeader("X-Forwarded-For", "198.51.100." + i)
                            .bearerTokenAuthentication("bad" + i)
                            .sendJsonObject(new JsonObject())
                            .await())))
        .extracting(Reply::status)
        .containsOnly(401, 429);
  }

  /** The answers to what was asked until something was refused, which is the last. */
  private static List<Reply> untilRefused(int limit, IntFunction<Reply> request) {
    List<Reply> replies = new ArrayList<>();
    do {
      replies.add(request.apply(replies.size()));
    } while (replies.getLast().status() != 429 && replies.size() <= limit * MOST);
    assertThat(replies.getLast().status()).isEqualTo(429);
    return replies;
  }

  private Reply scan(TestKiosk kiosk, TestSchool school) {
    return kiosk.in(school.pupil("Ana Rojas"), server.now());
  }
}
