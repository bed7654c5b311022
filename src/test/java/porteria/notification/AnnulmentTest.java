package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static porteria.notification.SchoolRecords.BOTH;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Cause;
import porteria.domain.FailureClass;
import porteria.notification.SchoolRecords.School;
import porteria.outbox.Outbox;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Taking back, at every moment of a message's life, with the sender at the same rows. */
@ExtendWith(TestServersExtension.class)
class AnnulmentTest {

  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final String MOTHER = "+56911111111";
  private static final String FATHER = "+56922222222";
  private static final String WAITING_FOR_LOCKS =
      "SELECT count(*) FROM pg_stat_activity"
          + " WHERE wait_event_type = 'Lock' AND datname = current_database()";

  private static SendingDatabase sending;
  private static SchoolRecords records;
  private School school;
  private UUID event;

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
    school = records.school("America/Santiago");
    UUID ana = records.student(school, "Ana Rojas");
    records.contact(school, records.guardian(school, "es", BOTH, ana), MOTHER);
    records.contact(school, records.guardian(school, "es", BOTH, ana), FATHER);
    event = records.scan(school, ana, "IN", NOW.minusSeconds(30));
  }

  @Test
  void what_was_not_expanded_is_forgotten() {
    assertThat(annul()).isFalse();
    assertThat(records.announcements()).isZero();
    assertThat(expand()).isZero();
    assertThat(records.notifications()).isEmpty();
  }

  @Test
  void what_was_queued_is_cancelled_and_never_claimed() {
    expand();
    assertThat(annul()).isFalse();
    assertThat(claim(NOW)).isEmpty();
    assertThat(records.notifications()).allMatch(line -> line.endsWith("CANCELLED"));
    assertThat(records.announcements()).isZero();
  }

  @Test
  void exactly_those_who_were_told_are_corrected() {
    expand();
    ClaimedMessage first = claim(NOW, 1).getFirst();
    sent(first);
    assertThat(annul()).isTrue();
    assertThat(expand()).isEqualTo(1);
    ClaimedMessage correction = claim(NOW).getFirst();
    assertThat(correction.address()).isEqualTo(first.address());
    assertThat(correction.template()).isEqualTo("ingreso_anulado");
    assertThat(correction.facts()).isEqualTo(first.facts());
    assertThat(records.notifications())
        .filteredOn(line -> line.startsWith("ENTRY_ANNULLED"))
        .hasSize(1);
  }

  @Test
  void a_correction_waits_until_nothing_is_under_way() {
    expand();
    List<ClaimedMessage> both = claim(NOW);
    sent(both.getFirst());
    assertThat(annul()).isTrue();
    assertThat(expand()).isZero();
    sent(both.getLast());
    assertThat(expand()).isEqualTo(1);
    assertThat(addresses(claim(NOW))).containsExactly(MOTHER, FATHER);
  }

  @Test
  void a_message_that_the_provider_did_not_take_is_cancelled_instead_of_sent_again() {
    expand();
    List<ClaimedMessage> both = claim(NOW);
    assertThat(annul()).isTrue();
    sent(both.getFirst());
    sending.rows.record(List.of(busy(both.getLast(), NOW))).await();
    expand();
    assertThat(addresses(claim(NOW))).containsExactly(both.getFirst().address());
    assertThat(records.lines("SELECT status FROM notification WHERE id = ?", both.getLast().id()))
        .containsExactly("CANCELLED");
  }

  @Test
  void a_lost_answer_is_not_resent_but_corrected() {
    expand();
    claim(NOW);
    assertThat(annul()).isTrue();
    Instant later = NOW.plus(LEASE).plusSeconds(1);
    assertThat(claim(later)).isEmpty();
    assertThat(sending.giveUp(later).await()).hasSize(2);
    expand();
    assertThat(claim(later))
        .extracting(ClaimedMessage::template)
        .containsExactly("ingreso_anulado", "ingreso_anulado");
  }

  @Test
  void who_may_have_been_told_by_an_attempt_without_answer_is_corrected_too() {
    expand();
    claim(NOW);
    Instant later = NOW.plus(LEASE).plusSeconds(1);
    List<ClaimedMessage> again = claim(later);
    sending.rows.record(again.stream().map(each -> busy(each, later)).toList()).await();
    assertThat(annul()).isTrue();
    expand();
    assertThat(claim(later))
        .extracting(ClaimedMessage::template)
        .containsExactly("ingreso_anulado", "ingreso_anulado");
  }

  @Test
  void annulling_twice_corrects_once() {
    expand();
    claim(NOW).forEach(this::sent);
    assertThat(annul()).isTrue();
    expand();
    assertThat(annul()).isFalse();
    assertThat(expand()).isZero();
  }

  @Test
  void a_correction_itself_cannot_be_annulled() {
    sending
        .database
        .inSchool(
            school.id(),
            connection -> {
              assertThatThrownBy(
                      () -> Outbox.annul(connection, school.id(), event, Cause.ENTRY_ANNULLED))
                  .isInstanceOf(IllegalArgumentException.class);
              return Future.succeededFuture();
            })
        .await();
  }

  @Test
  void another_school_annuls_nothing_here() {
    expand();
    School other = records.school("America/Santiago");
    Boolean owed =
        sending
            .database
            .inSchool(
                other.id(), connection -> Outbox.annul(connection, school.id(), event, Cause.ENTRY))
            .await();
    assertThat(owed).isFalse();
    assertThat(records.notifications()).allMatch(line -> line.endsWith("QUEUED"));
  }

  @Test
  void an_annulment_during_the_expansion_finds_what_took_the_announcements_place() {
    assertThat(annulledWhileHeld(sender -> sender.expand(NOW, 10))).isFalse();
    assertThat(records.notifications()).hasSize(2).allMatch(line -> line.endsWith("CANCELLED"));
  }

  @Test
  void an_annulment_during_the_claim_finds_it_under_way() {
    expand();
    assertThat(annulledWhileHeld(sender -> sending.claim(sender, NOW, NOW.plus(LEASE), 1)))
        .isTrue();
    assertThat(records.notifications())
        .extracting(line -> line.substring(line.lastIndexOf(' ') + 1))
        .containsExactlyInAnyOrder("SENDING", "CANCELLED");
  }

  @Test
  void a_message_going_back_to_the_queue_during_the_annulment_does_not_escape_it() {
    expand();
    List<Settlement> refused = claim(NOW).stream().map(each -> busy(each, NOW)).toList();
    assertThat(annulledWhileHeld(sender -> sender.record(refused))).isFalse();
    assertThat(records.notifications()).hasSize(2).allMatch(line -> line.endsWith("CANCELLED"));
  }

  @Test
  void a_message_accepted_during_the_annulment_is_corrected() {
    expand();
    List<Settlement> accepted =
        claim(NOW, 1).stream().map(each -> Settlement.sent(each, NOW, "wamid")).toList();
    assertThat(annulledWhileHeld(sender -> sender.record(accepted))).isTrue();
    assertThat(expand()).isEqualTo(1);
    assertThat(claim(NOW)).hasSize(1);
  }

  @Test
  void a_takeover_during_the_annulment_is_corrected_once_it_ends() {
    expand();
    claim(NOW);
    Instant later = NOW.plus(LEASE).plusSeconds(1);
    assertThat(annulledWhileHeld(sender -> sending.claim(sender, later, later.plus(LEASE), 10)))
        .isTrue();
    assertThat(expand()).isZero();
    assertThat(sending.giveUp(later.plus(LEASE)).await()).hasSize(2);
    assertThat(expand()).isEqualTo(1);
  }

  @Test
  void the_sender_passes_by_what_an_annulment_holds() {
    Promise<Void> mayCommit = Promise.promise();
    Promise<Void> annulled = Promise.promise();
    Future<Boolean> annulment =
        sending.database.inSchool(
            school.id(),
            connection ->
                Outbox.annul(connection, school.id(), event, Cause.ENTRY)
                    .compose(
                        owed -> {
                          annulled.complete();
                          return mayCommit.future().map(owed);
                        }));
    annulled.future().await();
    assertThat(expand()).isZero();
    mayCommit.complete();
    assertThat(annulment.await()).isFalse();
    assertThat(expand()).isZero();
    assertThat(records.notifications()).isEmpty();
  }

  @Test
  void annulments_expanders_and_senders_in_a_crowd_leave_nobody_wrongly_told() {
    List<UUID> events = new ArrayList<>();
    UUID ana = records.id("SELECT id FROM student");
    for (int i = 0; i < 60; i++) {
      events.add(records.scan(school, ana, "IN", NOW.minusSeconds(i)));
    }
    List<Future<?>> crowd = new ArrayList<>();
    for (UUID each : events) {
      crowd.add(sending.rows.expand(NOW, 7));
      crowd.add(sending.annul(school.id(), each, Cause.ENTRY));
      crowd.add(sending.claim(NOW, NOW.plus(LEASE), 5).compose(this::allSent));
    }
    Future.all(crowd).await();
    while (expand() > 0 || sendAll() > 0) {
      assertThat(records.announcements()).isGreaterThanOrEqualTo(0);
    }
    assertThat(records.announcements()).isZero();
    assertThat(
            records.lines(
                """
                SELECT cause_id, address FROM notification
                WHERE cause_id <> ?
                GROUP BY cause_id, address
                HAVING count(*) FILTER (WHERE cause = 'ENTRY' AND status = 'SENT')
                    <> count(*) FILTER (WHERE cause = 'ENTRY_ANNULLED' AND status = 'SENT')
                  OR count(*) FILTER (WHERE status NOT IN ('SENT', 'CANCELLED')) > 0
                """,
                event))
        .isEmpty();
  }

  /**
   * Lets the sender work in a transaction that is left open, annuls meanwhile, sees that the
   * annulment waits for it, and lets it commit.
   *
   * @return whether the annulment says that a correction is owed
   */
  private boolean annulledWhileHeld(Function<NotificationRepository, Future<?>> sender) {
    Promise<Void> done = Promise.promise();
    Promise<Void> mayCommit = Promise.promise();
    Future<Void> held =
        sending.database.asWorker(
            connection -> {
              Statements here =
                  (sql, parameters) -> connection.preparedQuery(sql).execute(parameters);
              return sender
                  .apply(
                      new NotificationRepository(
                          here, here, here, Duration.ofHours(2), SendingDatabase.FACTS))
                  .onSuccess(result -> done.complete())
                  .compose(result -> mayCommit.future());
            });
    done.future().await();
    Future<Boolean> annulment = sending.annul(school.id(), event, Cause.ENTRY);
    await().until(() -> records.number(WAITING_FOR_LOCKS) > 0);
    assertThat(annulment.isComplete()).isFalse();
    mayCommit.complete();
    held.await();
    return annulment.await();
  }

  private Future<Integer> allSent(List<ClaimedMessage> claimed) {
    return claimed.isEmpty()
        ? Future.succeededFuture(0)
        : sending
            .rows
            .record(claimed.stream().map(each -> Settlement.sent(each, NOW, "wamid")).toList())
            .map(claimed.size());
  }

  private int sendAll() {
    return allSent(claim(NOW)).await();
  }

  private boolean annul() {
    return sending.annul(school.id(), event, Cause.ENTRY).await();
  }

  private int expand() {
    return sending.rows.expand(NOW, 1_000).await().taken();
  }

  private List<ClaimedMessage> claim(Instant now) {
    return claim(now, 100);
  }

  private List<ClaimedMessage> claim(Instant now, int limit) {
    return sending.claim(now, now.plus(LEASE), limit).await().stream()
        .sorted(Comparator.comparing(ClaimedMessage::address))
        .toList();
  }

  private void sent(ClaimedMessage message) {
    sending.rows.record(List.of(Settlement.sent(message, NOW, "wamid"))).await();
  }

  private static List<String> addresses(List<ClaimedMessage> messages) {
    return messages.stream().map(ClaimedMessage::address).toList();
  }

  private static Settlement busy(ClaimedMessage message, Instant dueAt) {
    return Settlement.again(message, dueAt, FailureClass.TRANSIENT, "503");
  }
}
