package porteria.limits;

/**
 * An allowance that fills evenly.
 *
 * @param perSecond tokens it gains
 * @param burst tokens it holds at most
 */
public record Rate(double perSecond, int burst) {

  /**
   * A token may be taken so many milliseconds early. Times since 1970 are kept to a quarter of a
   * micro-second: a bucket that holds one token would seem, by less than that, never to be full.
   */
  static final double EARLY_MILLIS = 0.001;

  /**
   * @throws IllegalArgumentException when nothing could ever be taken
   */
  public Rate {
    if (!(perSecond > 0) || burst < 1) {
      throw new IllegalArgumentException("a rate without tokens: " + perSecond + ", " + burst);
    }
  }

  /** So many a minute; as many may come at once after a pause. */
  public static Rate perMinute(int tokens) {
    return new Rate(tokens / 60.0, tokens);
  }

  /** Milliseconds until the next token. */
  double intervalMillis() {
    return 1_000 / perSecond;
  }
}
