package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class SendingConnectionTest {

  private static final String NAME = "porteria-late";

  private static SendingDatabase sending;

  @BeforeAll
  static void open(TestServers servers) throws SQLException {
    sending = new SendingDatabase(servers);
  }

  @AfterAll
  static void close() throws SQLException {
    sending.close();
  }

  @Test
  void what_comes_after_the_end_does_not_open_it_again() {
    SendingConnection connection = SendingConnection.durable(sending.database, NAME);
    assertThat(connection.run("SELECT 1", Tuple.tuple()).await().size()).isEqualTo(1);
    connection.close().await();
    assertThatThrownBy(() -> connection.run("SELECT 1", Tuple.tuple()).await())
        .hasMessageContaining("is closed");
    await().until(() -> open() == 0);
  }

  private static long open() {
    return sending.records.number(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?", NAME);
  }
}
