package porteria.roster;

import java.util.List;
import java.util.Optional;

/**
 * A pupil as a file has it.
 *
 * @param row as a spreadsheet counts
 * @param guardians those named in the row, in its order
 */
record ImportRow(
    int row,
    String number,
    String fullName,
    String course,
    Optional<String> grade,
    Optional<SchoolHours.Span> hours,
    List<ImportGuardian> guardians) {

  ImportRow {
    guardians = List.copyOf(guardians);
  }

  /**
   * A guardian as a row has it; what the row leaves out stays as it is.
   *
   * @param column what its headings begin with, such as {@code guardian1}
   * @param phone in E.164
   */
  record ImportGuardian(
      String column,
      String fullName,
      Optional<String> phone,
      Optional<String> email,
      Optional<String> language) {}
}
