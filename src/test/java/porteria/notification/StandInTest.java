package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.notification.SchoolRecords.BOTH;
import static porteria.notification.SchoolRecords.ONLY_WHATSAPP;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/**
 * Marta has Ana, and Eva with Pedro, who has Luis with another; she reads at Pedro's phone, too. So
 * of one broadcast she reads two messages, which name different children.
 */
@ExtendWith(TestServersExtension.class)
class StandInTest {

  private static final String MARTAS = "+56911111111";
  private static final String PEDROS = "+56922222222";
  private static final String MAILBOX = "marta@example.org";

  private static SendingStage stage;

  private QueuedBroadcast broadcast;
  private UUID eva;
  private UUID luis;
  private UUID marta;
  private UUID pedro;

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
    broadcast = new QueuedBroadcast(stage);
    eva = stage.records.student(stage.school, "Eva Rojas");
    luis = stage.records.student(stage.school, "Luis Paz");
    marta = broadcast.guardian(BOTH, stage.ana, eva);
    pedro = broadcast.guardian(ONLY_WHATSAPP, eva, luis);
    stage.records.contact(stage.school, marta, MARTAS);
    stage.records.contact(stage.school, marta, PEDROS);
    stage.records.contact(stage.school, marta, MAILBOX);
    stage.records.contact(stage.school, pedro, PEDROS);
  }

  @Test
  void of_messages_that_fail_one_after_the_other_no_child_is_left_unnamed() {
    failedAtPedros();
    standIn();
    failedAtMartas();
    standIn();
    assertThat(mails()).containsExactly(MAILBOX + " Ana Rojas, Eva Rojas");
  }

  @Test
  void of_messages_that_fail_together_no_child_is_left_unnamed() {
    failedAtPedros();
    failedAtMartas();
    standIn();
    assertThat(mails()).containsExactly(MAILBOX + " Ana Rojas, Eva Rojas");
  }

  @Test
  void two_guardians_who_share_a_mailbox_read_of_all_their_children_there() {
    stage.records.lines(
        "UPDATE guardian SET notification_prefs = jsonb_build_object('CAMBIO_HORARIO', ?::jsonb)"
            + " WHERE id = ?",
        BOTH,
        pedro);
    stage.records.contact(stage.school, pedro, MAILBOX);
    failedAtMartas();
    standIn();
    failedAtPedros();
    standIn();
    assertThat(mails())
        .containsExactlyInAnyOrder(
            MAILBOX + " Ana Rojas, Eva Rojas", MAILBOX + " Eva Rojas, Luis Paz");
  }

  private void failedAtMartas() {
    broadcast.message(marta, MARTAS, "FAILED", stage.ana, eva);
  }

  private void failedAtPedros() {
    broadcast.message(pedro, PEDROS, "FAILED", eva, luis);
  }

  private static void standIn() {
    stage.sending.upkeep.standIn(stage.clock.instant().plusSeconds(1)).await();
  }

  /** Where each goes, and whom it names. */
  private static List<String> mails() {
    return stage.records.lines(
        """
        SELECT n.address, (SELECT string_agg(p.full_name, ', ' ORDER BY p.full_name) FROM student p
          WHERE jsonb_exists(n.payload -> 'students', p.id::text))
        FROM notification n WHERE n.channel = 'EMAIL'
        """);
  }
}
