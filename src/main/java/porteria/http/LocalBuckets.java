package porteria.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rates kept by this verticle alone, for when Redis does not answer: the generic cell rate
 * algorithm (ITU-T I.371), which keeps one time for each subject. Bounded; who asked longest ago is
 * forgotten first.
 */
final class LocalBuckets {

  private static final int MOST_SUBJECTS = 50_000;

  /** When each subject's bucket will be full again, in milliseconds. */
  private final Map<String, Double> fullAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
          return size() > MOST_SUBJECTS;
        }
      };

  /**
   * Takes tokens out of a bucket.
   *
   * @return milliseconds until there would be enough; 0 when they were taken
   */
  long take(String subject, int tokens, int perMinute, long nowMillis) {
    double each = 60_000.0 / perMinute;
    double full = Math.max(fullAt.getOrDefault(subject, 0.0), (double) nowMillis) + tokens * each;
    double wait = full - nowMillis - perMinute * each;
    if (wait > 0) {
      return (long) Math.ceil(wait);
    }
    fullAt.put(subject, full);
    return 0;
  }
}
