package porteria.notification;

import static porteria.notification.SchoolRecords.ONLY_WHATSAPP;
import static porteria.notification.SendingStage.SELDOM;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class HintTest {

  private static SendingStage stage;

  @BeforeAll
  static void open(TestServers servers) throws SQLException {
    stage = new SendingStage(servers);
  }

  @AfterAll
  static void close() throws SQLException {
    stage.close();
  }

  @BeforeEach
  void prepare() {
    stage.prepare();
  }

  @AfterEach
  void undeploy() {
    stage.undeploy();
  }

  @Test
  void a_hint_is_enough_for_what_was_queued_without_an_announcement() {
    stage.contact("es", ONLY_WHATSAPP, "+56911111111");
    stage.deploy(SELDOM);
    stage.scan("IN");
    stage.awaitStatus("SENT");
    new QueuedBroadcast(stage).family(ONLY_WHATSAPP, "+56922222222");
    stage.hint();
    stage.awaitStatus("SENT", "SENT");
  }
}
