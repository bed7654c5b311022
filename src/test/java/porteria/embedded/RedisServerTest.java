package porteria.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import porteria.testkit.RedisCommands;

class RedisServerTest {
  @TempDir Path temporary;
  DataDirectory data;

  @BeforeEach
  void take_a_data_directory() {
    data = DataDirectory.open(temporary.resolve("data"));
  }

  @AfterEach
  void give_it_back() {
    data.close();
  }

  @Test
  void keys_survive_a_stop_and_a_start() {
    try (RedisServer server = start()) {
      RedisCommands.ask(server.access(), "SET kept 1");
    }
    try (RedisServer server = start()) {
      assertThat(RedisCommands.ask(server.access(), "GET kept")).isEqualTo("$1\r\n1\r\n");
    }
  }

  @Test
  void keys_survive_the_killing_of_the_server() {
    RedisServer killed = start();
    RedisCommands.ask(killed.access(), "SET kept 1");
    ProcessHandle.of(killed.pid()).ifPresent(ProcessHandle::destroyForcibly);

    try (RedisServer server = start()) {
      assertThat(RedisCommands.ask(server.access(), "GET kept")).isEqualTo("$1\r\n1\r\n");
    }
  }

  @Test
  void a_server_left_running_is_replaced() {
    RedisServer left = start();

    try (RedisServer server = start()) {
      assertThat(server.pid()).isNotEqualTo(left.pid());
      assertThat(new RedisProbe(left.access()).answers()).isFalse();
    }
  }

  @Test
  void nobody_enters_with_a_wrong_password() {
    try (RedisServer server = start()) {
      RedisAccess right = server.access();
      RedisAccess wrong = new RedisAccess(right.host(), right.port(), "wrong");
      await().until(new RedisProbe(right)::answers);
      assertThat(new RedisProbe(wrong).answers()).isFalse();
    }
  }

  @Test
  void it_forgets_the_oldest_beyond_64_megabytes() {
    try (RedisServer server = start()) {
      String limits =
          RedisCommands.ask(server.access(), "CONFIG GET maxmemory")
              + RedisCommands.ask(server.access(), "CONFIG GET maxmemory-policy");
      assertThat(limits).contains("67108864").contains("allkeys-lru");
    }
  }

  @Test
  void a_taken_port_is_named_in_the_refusal() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RedisSettings samePort = new RedisSettings(taken.getLocalPort(), "redis-pw");
      assertThatThrownBy(() -> RedisServer.start(data, samePort))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void it_listens_on_loopback_only() throws Exception {
    try (RedisServer server = start()) {
      assertThat(Listeners.addressesAt(server.access().port())).containsExactly("0100007F");
    }
  }

  private RedisServer start() {
    return RedisServer.start(data, ServersForTests.REDIS);
  }
}
