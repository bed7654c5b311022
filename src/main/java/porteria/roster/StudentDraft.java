package porteria.roster;

import java.util.List;
import java.util.UUID;

/**
 * What a pupil is to be.
 *
 * @param number the school's own, unique in the school
 * @param guardianIds all guardians who answer for the pupil
 */
public record StudentDraft(
    String number, String fullName, UUID courseId, boolean active, List<UUID> guardianIds) {

  public StudentDraft {
    number = Names.tidy(number);
    fullName = Names.tidy(fullName);
    guardianIds = guardianIds.stream().distinct().sorted().toList();
  }
}
