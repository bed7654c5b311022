package porteria.domain;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts attempts of each origin in windows of fixed length. Kept on one node and forgotten with
 * it: it slows down guessing of what is too long to guess anyway. Bounded: origins beyond the
 * capacity share one count. Safe for use by several threads at once.
 */
public final class AttemptLimit {

  private static final int CAPACITY = 10_000;
  private static final String OTHERS = "others";

  private final int most;
  private final long windowMillis;
  private final InstantSource clock;
  private volatile Window current = new Window(Long.MIN_VALUE, Map.of());

  private record Window(long number, Map<String, Integer> attempts) {}

  /**
   * @param most attempts of one origin in one window
   */
  public AttemptLimit(int most, Duration window, InstantSource clock) {
    this.most = most;
    this.windowMillis = window.toMillis();
    this.clock = clock;
  }

  /** Counts an attempt and says whether it is within the limit. */
  public boolean admit(String origin) {
    return count(origin) <= most;
  }

  /** Counts an attempt; answers how many there were in this window. */
  public int count(String origin) {
    Map<String, Integer> attempts = attempts();
    String name = attempts.size() < CAPACITY || attempts.containsKey(origin) ? origin : OTHERS;
    return attempts.merge(name, 1, Integer::sum);
  }

  /** Whether an origin has used up its attempts. */
  public boolean exhausted(String origin) {
    Map<String, Integer> attempts = attempts();
    boolean ownCount = attempts.containsKey(origin) || attempts.size() < CAPACITY;
    return attempts.getOrDefault(ownCount ? origin : OTHERS, 0) >= most;
  }

  private Map<String, Integer> attempts() {
    long number = Math.floorDiv(clock.millis(), windowMillis);
    Window window = current;
    if (window.number != number) {
      // Two threads may both begin the window; a few attempts are then counted apart.
      window = new Window(number, new ConcurrentHashMap<>());
      current = window;
    }
    return window.attempts;
  }
}
