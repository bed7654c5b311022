package porteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import porteria.testkit.ServerJvm;

/** An operator reads every mistake at once, and the exit code says whose they are. */
class WrongConfigurationTest {

  @Test
  void a_server_told_nothing_lists_all_it_must_be_told_and_exits_with_2() throws Exception {
    try (ServerJvm server =
        ServerJvm.start(
            "serve",
            Map.of("HTTP_PORT", "seventy", "TRUSTED_PROXIES", "10.0.0.5, proxy.example"))) {
      assertThat(server.awaitEnd()).isEqualTo(2);
      assertThat(server.output())
          .contains("http.port is \"seventy\": allowed is a whole number")
          .contains("http.trusted-proxies has \"proxy.example\": allowed are values such as")
          .contains("DATABASE_URL")
          .contains("REDIS_URL")
          .contains("SECRET_KEY")
          .contains("WHATSAPP_TOKEN");
    }
  }

  @Test
  void a_server_that_tells_real_families_refuses_time_lapse_and_exits_with_2() throws Exception {
    Map<String, String> lapse = Map.of("CLOCK_START", "2026-06-10T07:10:00", "CLOCK_SPEED", "175");
    try (ServerJvm server = ServerJvm.start("serve", lapse)) {
      assertThat(server.awaitEnd()).isEqualTo(2);
      assertThat(server.output())
          .contains("CLOCK_START is set: time-lapse is for the embedded servers (demo) alone")
          .contains("CLOCK_SPEED is set");
    }
  }

  @Test
  void an_unknown_command_is_answered_with_those_there_are_and_exits_with_2() throws Exception {
    try (ServerJvm server = ServerJvm.start("server", Map.of())) {
      assertThat(server.awaitEnd()).isEqualTo(2);
      assertThat(server.output()).contains("the command is \"server\": allowed are serve");
    }
  }
}
