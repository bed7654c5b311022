package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.notification.SchoolRecords.ONLY_WHATSAPP;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.notification.SchoolRecords.School;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Which of the messages that wait for the next day's people are queued before it. */
@ExtendWith(TestServersExtension.class)
class CappedMessagesTest {

  /** More than one look sees. */
  private static final int WAITING = 1_100;

  private static final String PARK =
      """
      INSERT INTO notification (school_id, cause_id, cause, guardian_id, type, channel, address,
        template, language, payload, lane, status, failure_class, due_at, created_at)
      SELECT ?, uuidv7(), 'BROADCAST', ?, 'CAMBIO_HORARIO', 'WHATSAPP', 'phone ' || n,
        'cambio_horario', 'es', '{}', 2, 'PARKED', 'USER_CAP', now(), now() + n * interval '1 ms'
      FROM generate_series(1, ?) AS n
      """;

  private static SendingDatabase sending;

  @BeforeAll
  static void open(TestServers servers) throws SQLException {
    sending = new SendingDatabase(servers);
  }

  @AfterAll
  static void close() throws SQLException {
    sending.close();
  }

  @BeforeEach
  void park() {
    sending.records.clear();
    School school = sending.records.school("America/Santiago");
    UUID ana = sending.records.student(school, "Ana Rojas");
    UUID guardian = sending.records.guardian(school, "es", ONLY_WHATSAPP, ana);
    sending.records.lines(PARK, school.id(), guardian, WAITING);
  }

  @Test
  void one_to_somebody_known_is_found_behind_all_that_must_wait() {
    CappedMessages capped = capped(0, "phone 1", "phone " + WAITING);
    capped.queue().await();
    assertThat(queued()).containsExactly("phone 1");
    capped.queue().await();
    assertThat(queued()).containsExactly("phone 1", "phone " + WAITING);
  }

  @Test
  void places_go_to_those_who_have_waited_longest_and_none_to_those_who_need_none() {
    CappedMessages capped = capped(2, "phone 2");
    capped.queue().await();
    assertThat(queued()).containsExactly("phone 1", "phone 2", "phone 3");
  }

  @Test
  void who_looks_for_what_is_paused_does_not_read_what_waits_for_people() {
    sending.records.lines("ANALYZE notification");
    assertThat(sending.records.lines("EXPLAIN " + SendingSql.UNPARK.replace("$1", "1000")))
        .anyMatch(line -> line.contains("notification_paused"));
  }

  private static List<String> queued() {
    return sending.records.lines(
        "SELECT address FROM notification WHERE status = 'QUEUED' ORDER BY created_at");
  }

  private static CappedMessages capped(int places, String... known) {
    Set<String> people = Set.of(known);
    return new CappedMessages(
        sending.database::workerQuery,
        new DailyPeople() {
          @Override
          public Future<Integer> placesForBroadcasts() {
            return Future.succeededFuture(places);
          }

          @Override
          public Future<List<Boolean>> known(List<String> addresses) {
            return Future.succeededFuture(addresses.stream().map(people::contains).toList());
          }
        });
  }
}
