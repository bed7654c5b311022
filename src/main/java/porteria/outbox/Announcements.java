package porteria.outbox;

/** How an announcement is written by the statement that records its cause. */
public final class Announcements {

  /**
   * To be completed, inside the cause's own statement, by a SELECT of four columns: the school, the
   * id of the cause (such as the event's), the name of a {@link porteria.domain.Cause}, the pupil.
   * An id and cause that were announced before are refused by the primary key.
   */
  public static final String INSERT_INTO =
      "INSERT INTO announcement (school_id, cause_id, cause, student_id)\n";

  /**
   * Whether event {@code e} proves that the pupil of the no-show {@code missing}, in the school
   * {@code s}, was there that day: any scan does, of an entry or an exit, unless it was annulled.
   */
  public static final String SEEN_THAT_DAY =
      seenBetween(
          "missing.day::timestamp AT TIME ZONE s.timezone",
          "(missing.day + 1)::timestamp AT TIME ZONE s.timezone");

  private Announcements() {}

  /**
   * The same where the day's bounds are known already: finding them anew for each of many pupils
   * takes longer than looking for the pupil.
   *
   * @param begins an expression, of the day's first moment
   * @param ends of the next day's
   */
  public static String seenBetween(String begins, String ends) {
    return """
        e.school_id = missing.school_id AND e.student_id = missing.student_id
          AND e.occurred_at >= %s
          AND e.occurred_at < %s
          AND e.annulled_at IS NULL\
        """
        .formatted(begins, ends);
  }
}
