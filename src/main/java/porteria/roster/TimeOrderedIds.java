package porteria.roster;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562), as the database makes them, for records made many at a time. */
final class TimeOrderedIds {

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;

  TimeOrderedIds(InstantSource clock) {
    this.clock = clock;
  }

  UUID next() {
    long time = clock.millis() << 16;
    long high = time | 0x7000 | (random.nextInt() & 0xFFF);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE;
    return new UUID(high, low);
  }
}
