package porteria.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** What is written down of messages to families, for tests that wait for it. */
public final class MessageStates {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

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

  private void awaitStates(String column, UUID value, String... states) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(states(column, value)).containsExactlyInAnyOrder(states));
  }

  private List<String> states(String column, UUID value) {
    return sql.lines("SELECT status FROM notification WHERE " + column + " = ?", value);
  }
}
