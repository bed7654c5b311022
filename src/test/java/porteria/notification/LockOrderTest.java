package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.notification.SchoolRecords.BOTH;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Channel;
import porteria.domain.SuppressionReason;
import porteria.notification.SchoolRecords.School;
import porteria.outbox.Suppressions;
import porteria.outbox.Suppressions.Suppressed;
import porteria.testkit.Sql;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** What follows from a refusal waits for nobody who may be waiting for it. */
@ExtendWith(TestServersExtension.class)
class LockOrderTest {

  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  private static final String PHONE = "+56911111111";
  private static final String OTHER = "+56922222222";

  private static SendingDatabase sending;
  private static SchoolRecords records;
  private School school;

  @BeforeAll
  static void open(TestServers servers) throws SQLException {
    sending = new SendingDatabase(servers);
    records = sending.records;
  }

  @AfterAll
  static void close() throws SQLException {
    sending.close();
  }

  @BeforeEach
  void prepare() {
    records.clear();
    records.lines("TRUNCATE contact_strike");
    school = records.school("America/Santiago");
    UUID ana = records.student(school, "Ana Rojas");
    records.contact(school, records.guardian(school, "es", BOTH, ana), PHONE);
    records.scan(school, ana, "IN", NOW);
    sending.rows.expand(NOW, 10).await();
  }

  @Test
  void switching_an_address_off_waits_for_no_message_and_the_next_claim_finds_it_unwanted() {
    try (Sql other = sending.transaction()) {
      other.lines("SELECT id FROM notification FOR UPDATE");
      sending
          .database
          .asWorker(connection -> Suppressions.add(connection, List.of(unsubscribed()), NOW))
          .await();
    }
    assertThat(records.lines("SELECT status FROM notification")).containsExactly("QUEUED");
    assertThat(sending.claim(NOW, NOW.plus(Duration.ofSeconds(20)), 10).await())
        .extracting(ClaimedMessage::wanted)
        .containsExactly(false);
  }

  @Test
  void an_address_is_struck_out_whatever_is_done_about_others() {
    for (int time = 1; time <= 3; time++) {
      struck(OTHER);
    }
    try (Sql other = sending.transaction()) {
      other.lines("SELECT address FROM contact_strike FOR UPDATE");
      for (int time = 1; time <= 3; time++) {
        ContactStrikes.strike(sending.database, List.of(message()), NOW).await();
      }
    }
    assertThat(records.lines("SELECT address, reason FROM contact_suppression"))
        .containsExactly(PHONE + " UNREACHABLE");
    assertThat(records.number("SELECT count(*) FROM contact_strike WHERE address = ?", OTHER))
        .isEqualTo(3);
  }

  private void struck(String address) {
    records.lines(
        "INSERT INTO contact_strike (school_id, channel, address, notification_id, struck_at)"
            + " VALUES (?, 'WHATSAPP', ?, uuidv7(), ?)",
        school.id(),
        address,
        NOW.atOffset(ZoneOffset.UTC));
  }

  private Suppressed unsubscribed() {
    return new Suppressed(school.id(), Channel.WHATSAPP, PHONE, SuppressionReason.UNSUBSCRIBED);
  }

  private ClaimedMessage message() {
    return new ClaimedMessage(
        school.id(),
        UUID.randomUUID(),
        1,
        Channel.WHATSAPP,
        PHONE,
        "ingreso_ok",
        "es",
        new ClaimedMessage.Facts(Map.of()),
        NOW,
        NOW,
        0,
        true);
  }
}
