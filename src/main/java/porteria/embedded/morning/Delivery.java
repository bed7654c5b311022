package porteria.embedded.morning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A scan and its final answer.
 *
 * @param sent when each attempt left, at least one
 * @param answeredAt when the answer came
 */
record Delivery(Scan scan, Answer answer, List<Instant> sent, Instant answeredAt) {
  /**
   * When the attempt left that was recorded. An answer that says "duplicate" to a scan which was
   * not a replay means that the answer to an earlier attempt was lost: the first is taken.
   */
  Instant recordedFrom() {
    boolean earlier = answer instanceof Answer.Accepted accepted && accepted.duplicate();
    return earlier ? sent.getFirst() : sent.getLast();
  }

  /** How long the last attempt waited for its answer. */
  Duration answerTime() {
    return Duration.between(sent.getLast(), answeredAt);
  }
}
