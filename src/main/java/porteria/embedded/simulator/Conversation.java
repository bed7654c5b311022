package porteria.embedded.simulator;

import java.util.List;

/**
 * What one phone or mailbox was sent, newest first.
 *
 * @param to the recipient's key
 */
record Conversation(String to, List<Line> lines) {
  /**
   * @param duplicates how often its notification came again
   */
  record Line(Message message, int duplicates) {}
}
