package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
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

  private static final int ADDRESS = 30;
  private static final int ACCOUNT = 20;
  private static final int DEVICE = 10;

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
    List<Integer> statuses = scans(school.north(), school, DEVICE + 3);
    assertThat(statuses).startsWith(202).endsWith(429);
    assertThat(statuses.stream().filter(status -> status == 202)).hasSize(DEVICE);
    assertThat(scans(school.south(), school, 1)).containsExactly(202);
  }

  @Test
  void what_was_refused_says_how_long_to_wait_as_a_problem() {
    TestSchool school = server.school();
    scans(school.north(), school, DEVICE);
    Reply refused = school.north().in(school.pupil("Ana Rojas"), server.now());
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.get("type")).isEqualTo("urn:porteria:problem:too-many-requests");
    assertThat(refused.get("detail")).contains("Allowed are 10 requests a minute");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
  }

  @Test
  void a_person_beyond_the_rate_is_refused_and_a_colleague_is_not() {
    TestSchool school = server.school();
    String director = school.login(Role.DIRECTOR);
    String inspector = school.login(Role.INSPECTOR);
    List<Integer> statuses =
        IntStream.rangeClosed(0, ACCOUNT)
            .mapToObj(i -> server.get("/attendance/day", director).status())
            .toList();
    assertThat(statuses).contains(200).endsWith(429);
    assertThat(server.get("/attendance/day", inspector).status()).isEqualTo(200);
  }

  @Test
  void a_flood_of_bad_tokens_is_refused_by_its_address_while_kiosks_are_served() {
    TestSchool school = server.school();
    List<Integer> statuses =
        IntStream.range(0, ADDRESS * 2)
            .mapToObj(i -> server.post("/attendance/scan", "bad" + i, new JsonObject()).status())
            .toList();
    assertThat(statuses).containsOnly(401, 429).endsWith(429);
    assertThat(scans(school.north(), school, 1)).containsExactly(202);
  }

  @Test
  void a_forwarded_address_is_not_believed_of_a_stranger() {
    List<Integer> statuses =
        IntStream.range(0, ADDRESS * 2)
            .mapToObj(
                i ->
                    Reply.of(
                            server
                                .request(HttpMethod.POST, "/api/v1/attendance/scan")
                                .putHeader("X-Forwarded-For", "198.51.100." + i)
                                .bearerTokenAuthentication("bad" + i)
                                .sendJsonObject(new JsonObject())
                                .await())
                        .status())
            .toList();
    assertThat(statuses).endsWith(429);
  }

  private List<Integer> scans(TestKiosk kiosk, TestSchool school, int count) {
    Instant now = server.now();
    return IntStream.range(0, count)
        .mapToObj(i -> kiosk.in(school.pupil("Ana Rojas"), now).status())
        .toList();
  }
}
