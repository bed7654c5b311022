package porteria.roster;

import java.util.List;

/**
 * What a file changes, or would.
 *
 * @param imported whether it was done: not when it was only tried, nor when there is any error
 * @param created pupils that were not there
 * @param updated pupils of whom something changes, or of their guardians
 * @param changes of pupils, in the order of the file
 * @param courses those that change
 * @param errors the first {@link #MOST_ERRORS}, by row
 * @param errorCount all of them
 */
public record ImportReport(
    boolean imported,
    int created,
    int updated,
    int unchanged,
    List<Change> changes,
    List<CourseChange> courses,
    List<RowError> errors,
    int errorCount) {

  public static final int MOST_ERRORS = 1_000;

  public ImportReport {
    changes = List.copyOf(changes);
    courses = List.copyOf(courses);
    errors = List.copyOf(errors);
  }

  /** What becomes of a record. */
  public enum Action {
    CREATED,
    UPDATED
  }

  /** Of a pupil; the fields are headings of the file, a guardian's without what it is of them. */
  public record Change(int row, String number, Action action, List<String> fields) {

    public Change {
      fields = List.copyOf(fields);
    }
  }

  /** Of a course. */
  public record CourseChange(String name, Action action, List<String> fields) {

    public CourseChange {
      fields = List.copyOf(fields);
    }
  }
}
