package porteria.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porteria.embedded.ServersProcess.Running;

class EmbeddedServersTest {
  @TempDir Path temporary;

  @Test
  void all_three_answer_and_leave_nothing_running() throws Exception {
    long postgres;
    long redis;
    try (EmbeddedServers servers = EmbeddedServers.start(temporary, ServersForTests.ALL)) {
      postgres = servers.postgres().pid();
      redis = servers.redis().pid();
      await().until(new RedisProbe(servers.redis().access())::answers);
      try (Connection connection = servers.postgres().owner().connect()) {
        assertThat(connection.isValid(30)).isTrue();
      }
    }
    assertThat(runs(postgres, "postgres")).isFalse();
    assertThat(runs(redis, "redis-server")).isFalse();
  }

  @Test
  void a_second_start_on_the_same_directory_is_refused_by_name_of_the_holder() throws Exception {
    try (Running holder = ServersProcess.start(temporary)) {
      assertThatThrownBy(() -> EmbeddedServers.start(temporary, ServersForTests.ALL))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(temporary.toString())
          .hasMessageContaining("in use by process " + holder.process().pid());
      assertThat(runs(holder.postgresPid(), "postgres")).isTrue();
      assertThat(runs(holder.redisPid(), "redis-server")).isTrue();
    }
  }

  @Test
  void what_a_killed_process_leaves_running_is_taken_over_with_its_data() throws Exception {
    Running killed = ServersProcess.start(temporary);
    killed.kill();
    assertThat(runs(killed.postgresPid(), "postgres")).isTrue();
    assertThat(runs(killed.redisPid(), "redis-server")).isTrue();

    try (EmbeddedServers servers = EmbeddedServers.start(temporary, ServersForTests.ALL)) {
      assertThat(runs(killed.postgresPid(), "postgres")).isFalse();
      assertThat(runs(killed.redisPid(), "redis-server")).isFalse();
      try (Connection connection = servers.postgres().owner().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE after_the_crash ()");
      }
    }
  }

  @Test
  void when_one_does_not_start_the_others_are_stopped_and_the_directory_is_free_again()
      throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      S3Settings samePort = new S3Settings(taken.getLocalPort(), "photos", "access", "secret");
      EmbeddedSettings settings =
          new EmbeddedSettings(ServersForTests.POSTGRES, ServersForTests.REDIS, samePort);
      assertThatThrownBy(() -> EmbeddedServers.start(temporary, settings))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("S3")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
    EmbeddedServers.start(temporary, ServersForTests.ALL).close();
  }

  private static boolean runs(long pid, String program) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.endsWith(program))
        .isPresent();
  }
}
