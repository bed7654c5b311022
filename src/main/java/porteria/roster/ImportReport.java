package porteria.roster;

import java.util.List;
import java.util.Optional;

/**
 * What a file changes, or would.
 *
 * @param imported whether it was done: not when it was only tried, nor when there is any error
 * @param created pupils that were not there
 * @param updated pupils of whom something changes, or of their guardians
 * @param changes of pupils, in the order of the file, the first {@link #MOST_CHANGES}
 * @param changeCount all of them
 * @param courses those that change, the first {@link #MOST_CHANGES}
 * @param courseCount all of them
 * @param notices of what is taken as it is, the first {@link #MOST_ERRORS}
 * @param noticeCount all of them
 * @param errors the first {@link #MOST_ERRORS}, by row
 * @param errorCount all of them
 */
public record ImportReport(
    boolean imported,
    int created,
    int updated,
    int unchanged,
    List<Change> changes,
    int changeCount,
    List<CourseChange> courses,
    int courseCount,
    List<RowNotice> notices,
    int noticeCount,
    List<RowError> errors,
    int errorCount) {

  public static final int MOST_ERRORS = 1_000;

  /** Whoever reads more of them reads the file. */
  public static final int MOST_CHANGES = 200;

  public ImportReport {
    changes = List.copyOf(changes);
    courses = List.copyOf(courses);
    notices = List.copyOf(notices);
    errors = List.copyOf(errors);
  }

  /** What becomes of a record. */
  public enum Action {
    CREATED,
    UPDATED
  }

  /**
   * What stands in a field.
   *
   * @param field a heading of the file
   * @param before empty where nothing did; several addresses are separated by commas
   */
  public record Value(String field, Optional<String> before, String after) {}

  /**
   * Of a pupil.
   *
   * @param fields headings of the file, a guardian's without what it is of them
   * @param values each of them, a guardian's one by one
   */
  public record Change(
      int row, String number, Action action, List<String> fields, List<Value> values) {

    public Change {
      fields = List.copyOf(fields);
      values = List.copyOf(values);
    }
  }

  /** Of a course. */
  public record CourseChange(String name, Action action, List<String> fields, List<Value> values) {

    public CourseChange {
      fields = List.copyOf(fields);
      values = List.copyOf(values);
    }
  }
}
