package porteria.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** What is written down of messages to families, for tests that wait for it. */
public final class MessageStates {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What is due may be held back, by a pause or by a provider in trouble. */
  private static final Duration HELD_BACK = Duration.ofSeconds(1);

  /** Beyond the leases of senders; those that tests write themselves are of other years. */
  private static final Duration LONGEST_LEASE = Duration.ofMinutes(1);

  private final Sql sql;

  public MessageStates(Sql sql) {
    this.sql = sql;
  }

  /** How one message stands. */
  public String of(String notification) {
    return states("id", UUID.fromString(notification)).getFirst();
  }

  /** Waits until one message stands so. */
  public void await(String notification, String state) {
    awaitStates("id", UUID.fromString(notification), state);
  }

  /** Waits until all messages of a school stand so, in whatever order. */
  public void awaitOfSchool(UUID school, String... states) {
    awaitStates("school_id", school, states);
  }

  /** Waits until all messages about a pupil stand so, in whatever order. */
  public void awaitOfPupil(UUID pupil, String... states) {
    awaitStates("student_id", pupil, states);
  }

  /** Waits until no message is under way, and for a moment until none that could be is due. */
  void awaitSent(Instant now) {
    long begun = System.nanoTime();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                underWay(now) == 0
                    && (due(now) == 0 || System.nanoTime() - begun > HELD_BACK.toNanos()));
  }

  private long underWay(Instant now) {
    return sql.number(
        "SELECT count(*) FROM notification WHERE status = 'SENDING' AND lease_until < ?",
        now.plus(LONGEST_LEASE).atOffset(ZoneOffset.UTC));
  }

  private long due(Instant now) {
    return sql.number(
        "SELECT (SELECT count(*) FROM announcement) + (SELECT count(*) FROM notification"
            + " WHERE status = 'QUEUED' AND due_at <= ?)",
        now.atOffset(ZoneOffset.UTC));
  }

  private void awaitStates(String column, UUID value, String... states) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(states(column, value)).containsExactlyInAnyOrder(states));
  }

  private List<String> states(String column, UUID value) {
    return sql.lines("SELECT status FROM notification WHERE " + column + " = ?", value);
  }
}
