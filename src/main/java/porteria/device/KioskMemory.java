package porteria.device;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import porteria.domain.Kiosk;

/**
 * What was lately read about tokens. Bounded: when it is full all is forgotten, which costs the
 * database a few statements and cannot be dearer than keeping order among entries that live
 * seconds. Unknown tokens have a room of their own, so that guessing does not push out those who
 * belong here.
 */
final class KioskMemory {

  /** The answer for a token that stands for nobody. */
  static final Future<Optional<Kiosk>> NOBODY = Future.succeededFuture(Optional.empty());

  private static final int CAPACITY = 10_000;

  private final Map<String, Entry> known = new ConcurrentHashMap<>();
  private final Map<String, Entry> unknown = new ConcurrentHashMap<>();
  private final long lifeMillis;
  private final InstantSource clock;

  KioskMemory(Duration life, InstantSource clock) {
    this.lifeMillis = life.toMillis();
    this.clock = clock;
  }

  /** The answer for a token, if it is young enough. */
  Optional<Future<Optional<Kiosk>>> recall(String token) {
    Entry entry = known.get(token);
    if (entry == null) {
      entry = unknown.get(token);
    }
    return entry != null && isYoung(entry.readAt()) ? entry.answer() : Optional.empty();
  }

  /** Whether what was read then may still be told; a clock that was set back makes it old. */
  boolean isYoung(long readAt) {
    long age = clock.millis() - readAt;
    return age >= 0 && age < lifeMillis;
  }

  /**
   * Remembers an answer.
   *
   * @param readAt when the statement that found it began, ms of the epoch
   */
  void remember(String token, Optional<Kiosk> kiosk, long readAt) {
    Map<String, Entry> room = kiosk.isPresent() ? known : unknown;
    Map<String, Entry> other = kiosk.isPresent() ? unknown : known;
    if (room.size() >= CAPACITY) {
      room.clear();
    }
    other.remove(token);
    room.put(token, Entry.of(kiosk, readAt));
  }

  /** An answer ready to be handed out, and when it was read. */
  private record Entry(Optional<Future<Optional<Kiosk>>> answer, long readAt) {

    static Entry of(Optional<Kiosk> kiosk, long readAt) {
      return new Entry(
          Optional.of(kiosk.isPresent() ? Future.succeededFuture(kiosk) : NOBODY), readAt);
    }
  }
}
