package porteria.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerTest {
  @TempDir static Path temporary;
  static DataDirectory data;
  static PostgresServer server;

  @BeforeAll
  static void start_the_server() {
    data = DataDirectory.open(temporary.resolve("data"));
    server = PostgresServer.start(data, ServersForTests.POSTGRES);
  }

  @AfterAll
  static void stop_the_server() {
    server.close();
    data.close();
  }

  @Test
  void a_commit_is_on_disk_when_it_is_answered() throws SQLException {
    assertThat(ask(server.owner(), "SHOW fsync")).isEqualTo("on");
    assertThat(ask(server.owner(), "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(ask(server.owner(), "SHOW full_page_writes")).isEqualTo("on");
  }

  @Test
  void it_is_postgresql_18_with_the_size_of_a_small_server() throws SQLException {
    assertThat(ask(server.owner(), "SHOW server_version")).startsWith("18.");
    assertThat(ask(server.owner(), "SHOW max_connections")).isEqualTo("100");
    assertThat(ask(server.owner(), "SHOW shared_buffers")).isEqualTo("256MB");
    assertThat(ask(server.owner(), "SHOW max_wal_size")).isEqualTo("2GB");
    assertThat(ask(server.owner(), "SHOW idle_in_transaction_session_timeout")).isEqualTo("1min");
  }

  @Test
  void the_owner_may_create_roles_and_is_no_superuser() throws SQLException {
    String rights =
        ask(
            server.owner(),
            "SELECT concat_ws(' ', rolcreaterole, rolsuper, rolcreatedb)"
                + " FROM pg_roles WHERE rolname = current_user");
    assertThat(rights).isEqualTo("t f f");
  }

  @ParameterizedTest
  @ValueSource(strings = {PostgresProvisioning.OWNER, PostgresServer.SUPERUSER})
  void nobody_enters_with_a_wrong_password(String user) {
    PostgresAccess wrong = server.owner().as(user, "wrong");
    assertThatThrownBy(() -> ask(wrong, "SELECT 1"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void a_taken_port_is_named_in_the_refusal() {
    try (DataDirectory other = DataDirectory.open(temporary.resolve("other"))) {
      PostgresSettings samePort =
          new PostgresSettings(server.owner().port(), "superuser-pw", "owner-pw");
      assertThatThrownBy(() -> PostgresServer.start(other, samePort))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void it_listens_on_loopback_only() throws Exception {
    assertThat(Listeners.addressesAt(server.owner().port())).containsExactly("0100007F");
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
