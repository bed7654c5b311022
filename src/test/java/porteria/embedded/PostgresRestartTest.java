package porteria.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRestartTest {
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
  void rows_survive_a_stop_and_a_start() throws SQLException {
    try (PostgresServer server = start()) {
      writeRow(server);
    }
    try (PostgresServer server = start()) {
      assertThat(rows(server)).isEqualTo("1");
    }
  }

  @Test
  void rows_survive_the_killing_of_the_server() throws SQLException {
    PostgresServer killed = start();
    writeRow(killed);
    ProcessHandle.of(killed.pid()).ifPresent(ProcessHandle::destroyForcibly);

    try (PostgresServer server = start()) {
      assertThat(rows(server)).isEqualTo("1");
    }
  }

  @Test
  void a_server_left_running_is_replaced_and_its_rows_are_kept() throws SQLException {
    PostgresServer left = start();
    writeRow(left);
    long leftPid = left.pid();

    try (PostgresServer server = start()) {
      assertThat(server.pid()).isNotEqualTo(leftPid);
      assertThat(rows(server)).isEqualTo("1");
    }
  }

  @Test
  void a_pid_file_that_names_a_stranger_harms_neither_side() throws Exception {
    start().close();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Path pidFile = data.path().resolve("postgres/cluster/postmaster.pid");
      Files.writeString(pidFile, stranger.pid() + "\n");

      try (PostgresServer server = start()) {
        assertThat(ask(server.owner(), "SELECT 1")).isEqualTo("1");
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void a_new_password_of_the_owner_holds_from_the_next_start() throws SQLException {
    start().close();
    PostgresSettings changed = new PostgresSettings(0, "superuser-pw", "it's new");
    try (PostgresServer server = PostgresServer.start(data, changed)) {
      assertThat(ask(server.owner(), "SELECT 1")).isEqualTo("1");
    }
  }

  private PostgresServer start() {
    return PostgresServer.start(data, ServersForTests.POSTGRES);
  }

  private static void writeRow(PostgresServer server) throws SQLException {
    try (Connection connection = server.owner().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (id int)");
      statement.execute("INSERT INTO kept VALUES (1)");
    }
  }

  private static String rows(PostgresServer server) throws SQLException {
    return ask(server.owner(), "SELECT count(*) FROM kept");
  }

  private static String ask(PostgresAccess access, String query) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(query)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
