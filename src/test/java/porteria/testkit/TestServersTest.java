package porteria.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.embedded.PostgresAccess;
import porteria.embedded.RedisAccess;

@ExtendWith(TestServersExtension.class)
class TestServersTest {

  @Test
  void each_fresh_database_is_empty_and_the_owners(TestServers servers) throws SQLException {
    PostgresAccess first = servers.freshDatabase();
    PostgresAccess second = servers.freshDatabase();
    assertThat(first.database()).isNotEqualTo(second.database());
    createTable(first);
    createTable(second);
  }

  @Test
  void redis_comes_empty(TestServers servers) {
    RedisAccess redis = servers.freshRedis();
    RedisCommands.ask(redis, "SET left over");
    assertThat(RedisCommands.ask(servers.freshRedis(), "DBSIZE")).isEqualTo(":0\r\n");
  }

  @Test
  void the_s3_server_has_its_bucket(TestServers servers) {
    assertThat(servers.s3().bucket()).isEqualTo("test-photos");
  }

  private static void createTable(PostgresAccess access) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE scans (id uuid PRIMARY KEY DEFAULT uuidv7())");
    }
  }
}
