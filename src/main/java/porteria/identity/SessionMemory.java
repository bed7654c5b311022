package porteria.identity;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which sessions are open, as lately read: an ended session is refused at most {@link #LIFE} later.
 * Many who ask of one session at once share a statement. Only sessions of tokens that we signed are
 * asked about, so nobody can fill it by guessing; and when it is full all is forgotten.
 *
 * <p>For use by one event loop; futures complete there.
 */
public final class SessionMemory {

  /** How long an answer is told again. */
  public static final Duration LIFE = Duration.ofSeconds(5);

  private static final int CAPACITY = 10_000;

  private final Map<UUID, Entry> entries = new HashMap<>();
  private final Function<StaffSession, Future<Optional<Integer>>> source;
  private final InstantSource clock;

  /** An answer or one that is on its way, and when it was asked for, ms of the epoch. */
  private record Entry(Future<Optional<Integer>> version, long askedAt) {}

  /**
   * Begins empty.
   *
   * @param source answers the person's version of now; empty for a session that has ended
   */
  SessionMemory(Function<StaffSession, Future<Optional<Integer>>> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Whether a session that a token names has not been ended. */
  public Future<Boolean> isOpen(StaffSession session) {
    Entry entry = entries.get(session.sessionId());
    if (entry == null || !isYoung(entry)) {
      entry = ask(session);
    }
    return entry
        .version()
        .map(version -> version.filter(now -> now == session.version()).isPresent());
  }

  private Entry ask(StaffSession session) {
    if (entries.size() >= CAPACITY) {
      entries.clear();
    }
    UUID id = session.sessionId();
    Entry entry = new Entry(source.apply(session), clock.millis());
    entries.put(id, entry);
    entry.version().onFailure(unreachable -> entries.remove(id, entry));
    return entry;
  }

  /** A clock that was set back makes an answer old. */
  private boolean isYoung(Entry entry) {
    long age = clock.millis() - entry.askedAt();
    return age >= 0 && age < LIFE.toMillis();
  }
}
