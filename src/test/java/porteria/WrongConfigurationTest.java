package porteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  void a_server_whose_catalogue_lacks_what_it_sends_lists_that_too_and_exits_with_2(
      @TempDir Path directory) throws Exception {
    Path catalogue = directory.resolve("templates.json");
    Files.writeString(
        catalogue,
        Files.readString(Path.of("conf", "whatsapp-templates.json"))
            .replace("\"salida_ok\", \"language\": \"pt\"", "\"salida\", \"language\": \"pt\"")
            .replace("[\"student\", \"time\", \"entry\"]", "[\"student\", \"time\", \"grade\"]"));
    Map<String, String> environment = Map.of("WHATSAPP_TEMPLATES", catalogue.toString());
    try (ServerJvm server = ServerJvm.start("serve", environment)) {
      assertThat(server.awaitEnd()).isEqualTo(2);
      assertThat(server.output())
          .contains(catalogue + ": salida_ok/pt is missing")
          .contains(": no_ingreso/es names the parameter \"grade\": allowed are [entry, student,")
          .contains("DATABASE_URL");
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
