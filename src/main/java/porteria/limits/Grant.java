package porteria.limits;

/**
 * What was taken out of a bucket.
 *
 * @param tokens at most as many as were wanted
 * @param waitMillis until there will be one; 0 when any were taken
 */
public record Grant(int tokens, long waitMillis) {

  static Grant of(int tokens) {
    return new Grant(tokens, 0);
  }

  static Grant none(long waitMillis) {
    return new Grant(0, waitMillis);
  }
}
