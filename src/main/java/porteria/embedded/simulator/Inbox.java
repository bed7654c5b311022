package porteria.embedded.simulator;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accepted messages in the order of their arrival, bounded in number and in bytes: the oldest
 * are dropped, and the drops are counted.
 *
 * <p>Messages have positions that never change, from {@link #first} (inclusive) to {@link #end}
 * (exclusive), so that a reader may go on where it stopped. Repeats of a notification are known as
 * long as an earlier message for it is kept.
 */
final class Inbox {
  private static final int START_SIZE = 256;

  private final int maxMessages;
  private final long maxBytes;
  private final Map<String, Integer> copies = new HashMap<>();
  private final Map<Channel, Long> accepted = new EnumMap<>(Channel.class);
  private @Nullable Message[] ring = new Message[START_SIZE];
  private long first;
  private long end;
  private long bytes;
  private long repeated;
  private long dropped;

  Inbox(int maxMessages, long maxBytes) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  void add(Message message) {
    makeRoom(message.weight());
    ring[slot(end)] = message;
    end++;
    bytes += message.weight();
    accepted.merge(message.channel(), 1L, Long::sum);
    if (!message.notification().isEmpty()
        && copies.merge(message.notification(), 1, Integer::sum) > 1) {
      repeated++;
    }
  }

  long first() {
    return first;
  }

  long end() {
    return end;
  }

  /**
   * @throws IllegalArgumentException when nothing is kept at this position
   */
  Message at(long position) {
    Message message = position < first || position >= end ? null : ring[slot(position)];
    if (message == null) {
      throw new IllegalArgumentException("no message is kept at position " + position);
    }
    return message;
  }

  /** How often the notification of this message was accepted beyond the first time. */
  int duplicates(Message message) {
    return Math.max(0, copies.getOrDefault(message.notification(), 1) - 1);
  }

  /** Forgets the messages and the counts. */
  void clear() {
    first = end;
    ring = new Message[START_SIZE];
    bytes = 0;
    copies.clear();
    accepted.clear();
    repeated = 0;
    dropped = 0;
  }

  /** Accepted since the last clearing, dropped ones included. */
  long accepted(Channel channel) {
    return accepted.getOrDefault(channel, 0L);
  }

  /** Accepted messages whose notification had been accepted before. */
  long repeated() {
    return repeated;
  }

  /** Messages given up to stay within the bounds. */
  long dropped() {
    return dropped;
  }

  private void makeRoom(long weight) {
    while (first < end && (end - first >= maxMessages || bytes + weight > maxBytes)) {
      dropOldest();
    }
    if (end - first == ring.length) {
      grow();
    }
  }

  private void dropOldest() {
    Message oldest = at(first);
    ring[slot(first)] = null;
    first++;
    bytes -= oldest.weight();
    dropped++;
    copies.computeIfPresent(oldest.notification(), (id, count) -> count == 1 ? null : count - 1);
  }

  private void grow() {
    @Nullable Message[] larger = new Message[ring.length * 2];
    for (long position = first; position < end; position++) {
      larger[(int) (position % larger.length)] = ring[slot(position)];
    }
    ring = larger;
  }

  private int slot(long position) {
    return (int) (position % ring.length);
  }
}
