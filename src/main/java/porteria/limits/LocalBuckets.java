package porteria.limits;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Buckets kept beside one verticle alone, for when Redis does not answer: the generic cell rate
 * algorithm (ITU-T I.371), which keeps one time for each bucket. Bounded; the one asked longest ago
 * is forgotten first.
 */
final class LocalBuckets {

  private static final int MOST_BUCKETS = 50_000;

  /** When each bucket will be full again, in milliseconds. */
  private final Map<String, Double> fullAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
          return size() > MOST_BUCKETS;
        }
      };

  Grant take(String bucket, int wanted, Rate rate, long nowMillis) {
    double interval = rate.intervalMillis();
    double full = Math.max(fullAt.getOrDefault(bucket, 0.0), (double) nowMillis);
    double room = nowMillis + rate.burst() * interval - full;
    int tokens = (int) Math.min(wanted, Math.floor((room + Rate.EARLY_MILLIS) / interval));
    if (tokens < 1) {
      return Grant.none((long) Math.ceil(interval - room));
    }
    fullAt.put(bucket, full + tokens * interval);
    return Grant.of(tokens);
  }

  void giveBack(String bucket, int tokens, Rate rate) {
    fullAt.computeIfPresent(bucket, (name, full) -> full - tokens * rate.intervalMillis());
  }

  /** Empties the bucket: it has a token again after the pause. */
  void pause(String bucket, long millis, Rate rate, long nowMillis) {
    fullAt.merge(
        bucket, nowMillis + millis + (rate.burst() - 1) * rate.intervalMillis(), Math::max);
  }
}
