package porteria.outbox;

/** Who may read a message at the address it goes to. */
public final class Readers {

  private Readers() {}

  /**
   * The FROM and WHERE of SQL: the contacts {@code c}, and their guardians {@code g}, whom this row
   * of {@code notification} reaches at its address and who may read it. Of a message about a pupil
   * these are the active guardians of the pupil, of a broadcast those of any of its pupils, of
   * another one its guardian alone.
   */
  public static String of(String row) {
    return """
        FROM guardian_contact c
        JOIN guardian g ON g.school_id = c.school_id AND g.id = c.guardian_id
        WHERE lower(c.address) = lower({row}.address) AND c.school_id = {row}.school_id
          AND c.channel = {row}.channel AND g.inactive_since IS NULL
          AND CASE WHEN {BROADCAST} THEN EXISTS (
              SELECT FROM student_guardian sg
              WHERE sg.school_id = g.school_id AND sg.guardian_id = g.id AND {NAMES})
            WHEN {row}.student_id IS NULL THEN g.id = {row}.guardian_id
            ELSE EXISTS (
              SELECT FROM student_guardian sg
              WHERE sg.school_id = {row}.school_id AND sg.student_id = {row}.student_id
                AND sg.guardian_id = g.id) END\
        """
        .replace("{BROADCAST}", Broadcasts.isOne(row))
        .replace("{NAMES}", Broadcasts.names(row))
        .replace("{row}", row);
  }
}
