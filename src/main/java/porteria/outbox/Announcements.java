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

  private Announcements() {}
}
