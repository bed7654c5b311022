package porteria.bus;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * The state of a school's day, derived from its events in the order they occurred.
 *
 * @param seq number of the last change it takes into account
 * @param recent the latest changes, newest first
 */
public record DayView(
    LocalDate date,
    ZoneId zone,
    long seq,
    Counts totals,
    List<Course> courses,
    List<LiveChange> recent) {

  /**
   * Pupils counted.
   *
   * @param expected active pupils whose course has school that day
   * @param present inside now
   * @param late their first entry came after their course's time
   * @param absent expected, without an entry
   * @param left entered and are out again
   */
  public record Counts(int expected, int present, int late, int absent, int left) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
      return new Counts(
          expected + other.expected,
          present + other.present,
          late + other.late,
          absent + other.absent,
          left + other.left);
    }
  }

  /** One course's counts. */
  public record Course(UUID courseId, String name, Counts counts) {}
}
