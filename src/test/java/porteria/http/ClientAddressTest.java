package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.LimitSettings;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Whom requests are counted against behind the proxies 127.0.0.0/8 and 10.9.0.0/16. */
@ExtendWith(TestServersExtension.class)
class ClientAddressTest {

  private static final int ADDRESS = 10;

  @SuppressWarnings("NullAway.Init") // by start
  private RunningServer server;

  @BeforeEach
  void start(TestServers servers) {
    server =
        RunningServer.behindProxies(
            servers,
            new LimitSettings(ADDRESS, ADDRESS, ADDRESS),
            List.of("127.0.0.0/8", "10.9.0.0/16"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_address_that_a_proxy_names_is_counted_apart() {
    assertThat(flood(i -> "198.51.100." + i)).containsOnly(401);
  }

  @Test
  void a_network_of_version_six_is_counted_as_one_and_its_neighbour_apart() {
    assertThat(flood(i -> "2001:db8:1:2::" + Integer.toHexString(i + 1))).contains(429);
    assertThat(flood(i -> "2001:db8:2:%x::1".formatted(i))).containsOnly(401);
  }

  @Test
  void version_four_within_version_six_is_the_same_address() {
    assertThat(flood(i -> "::ffff:198.51.101." + i)).containsOnly(401);
    // No more than each were allowed if they were two.
    assertThat(flood(ADDRESS * 2, i -> i % 2 == 0 ? "::ffff:192.0.2.9" : "192.0.2.9"))
        .contains(429);
  }

  @Test
  void what_stands_before_a_proxy_of_a_named_range_is_believed() {
    assertThat(flood(i -> "198.51.102." + i + ", 10.9.8.7")).containsOnly(401);
  }

  @Test
  void what_stands_before_a_stranger_is_not_believed() {
    assertThat(flood(i -> "198.51.103." + i + ", 10.8.8.7")).contains(429);
  }

  @Test
  void what_is_no_address_is_ignored_with_all_before_it() {
    assertThat(flood(i -> "198.51.104." + i + ", unknown")).contains(429);
    assertThat(flood(i -> "proxy" + i + ".example")).contains(429);
  }

  /** Long enough for one address to be refused even when Redis is late and the node counts anew. */
  private List<Integer> flood(IntFunction<String> forwardedFor) {
    return flood(ADDRESS * 4, forwardedFor);
  }

  private List<Integer> flood(int requests, IntFunction<String> forwardedFor) {
    return IntStream.range(0, requests)
        .mapToObj(
            i ->
                Reply.of(
                        server
                            .request(HttpMethod.POST, "/api/v1/attendance/scan")
                            .putHeader("X-Forwarded-For", forwardedFor.apply(i))
                            .bearerTokenAuthentication("bad" + i)
                            .sendJsonObject(new JsonObject())
                            .await())
                    .status())
        .toList();
  }
}
