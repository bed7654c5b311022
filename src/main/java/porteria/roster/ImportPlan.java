package porteria.roster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import porteria.bus.ImportProgress.Phase;
import porteria.roster.ImportReport.Action;
import porteria.roster.ImportReport.Change;
import porteria.roster.ImportReport.CourseChange;
import porteria.roster.ImportRow.ImportGuardian;
import porteria.roster.KnownRoster.KnownStudent;

/**
 * What a file changes in a roster. It only ever adds and changes: who or what the file does not
 * name stays as it is.
 *
 * @param language of the school, which new guardians get where the file names none
 * @param notices of what is taken as it is
 * @param errors of the file and of what it says together
 */
record ImportPlan(
    String language,
    Collection<PlannedCourse> courses,
    List<PlannedStudent> students,
    Collection<PlannedGuardian> guardians,
    List<RowNotice> notices,
    List<RowError> errors) {

  private static final String INACTIVE_STUDENT =
      "this pupil is inactive and stays so: cards are refused and nobody is told; whoever is back is"
          + " made active in the pupil's record";

  private static final String INACTIVE_GUARDIAN =
      "this guardian is inactive and stays so: is told nothing and cannot come in; whoever answers for"
          + " a pupil again is made active in the guardian's record";

  static ImportPlan of(ImportFile file, KnownRoster roster, TimeOrderedIds ids, Progress progress) {
    List<RowError> errors = new ArrayList<>(file.errors());
    List<RowNotice> notices = new ArrayList<>();
    Map<String, PlannedCourse> courses = courses(file, roster, ids, errors);
    GuardianMatching matching = new GuardianMatching(roster, file.rows(), ids);
    List<PlannedStudent> students = new ArrayList<>();
    for (ImportRow row : file.rows()) {
      Optional<KnownStudent> before = Optional.ofNullable(roster.students().get(row.number()));
      if (before.filter(known -> !known.active()).isPresent()) {
        notices.add(new RowNotice(row.row(), "student_number", INACTIVE_STUDENT));
      }
      students.add(
          new PlannedStudent(
              before.map(KnownStudent::id).orElseGet(ids::next),
              row,
              Objects.requireNonNull(courses.get(row.course())).id(),
              before,
              guardians(row, before, matching, notices, errors)));
      progress.at(Phase.CHECKING, students.size());
    }
    errors.sort(Comparator.comparingInt(RowError::row));
    return new ImportPlan(
        roster.language(), courses.values(), students, matching.planned(), notices, errors);
  }

  private static List<PlannedGuardian> guardians(
      ImportRow row,
      Optional<KnownStudent> before,
      GuardianMatching matching,
      List<RowNotice> notices,
      List<RowError> errors) {
    List<PlannedGuardian> guardians = new ArrayList<>();
    for (ImportGuardian each : row.guardians()) {
      switch (matching.find(before, each)) {
        case GuardianMatching.Match.Unclear unclear ->
            errors.add(
                new RowError(row.row(), each.column() + "_" + unclear.field(), unclear.detail()));
        case GuardianMatching.Match.Found found -> {
          PlannedGuardian guardian = found.guardian();
          for (String field : guardian.take(each)) {
            errors.add(
                new RowError(
                    row.row(),
                    each.column() + "_" + field,
                    "another row says otherwise of the same guardian"));
          }
          if (guardian.isInactive()) {
            notices.add(new RowNotice(row.row(), each.column() + "_name", INACTIVE_GUARDIAN));
          }
          guardians.add(guardian);
        }
      }
    }
    return List.copyOf(guardians);
  }

  private static Map<String, PlannedCourse> courses(
      ImportFile file, KnownRoster roster, TimeOrderedIds ids, List<RowError> errors) {
    Map<String, List<ImportRow>> byName = new LinkedHashMap<>();
    for (ImportRow row : file.rows()) {
      byName.computeIfAbsent(row.course(), name -> new ArrayList<>()).add(row);
    }
    Map<String, PlannedCourse> courses = new LinkedHashMap<>();
    byName.forEach(
        (name, rows) -> {
          PlannedCourse course =
              PlannedCourse.of(
                  name, rows, Optional.ofNullable(roster.courses().get(name)), ids.next());
          if (course.grade().isEmpty()) {
            errors.add(
                new RowError(course.row(), "grade", "is missing, and the course is not there yet"));
          }
          courses.put(name, course);
        });
    return courses;
  }

  /** Whether there is anything to write. */
  boolean changesAnything() {
    return courses.stream().anyMatch(each -> !each.fields().isEmpty())
        || students.stream().anyMatch(each -> !each.fields().isEmpty());
  }

  /**
   * What is answered.
   *
   * @param imported whether it was written
   */
  ImportReport report(boolean imported) {
    List<PlannedStudent> changed =
        students.stream().filter(each -> !each.fields().isEmpty()).toList();
    List<PlannedCourse> moved = courses.stream().filter(each -> !each.fields().isEmpty()).toList();
    int created = (int) students.stream().filter(PlannedStudent::isNew).count();
    return new ImportReport(
        imported,
        created,
        changed.size() - created,
        students.size() - changed.size(),
        changed.stream().limit(ImportReport.MOST_CHANGES).map(this::change).toList(),
        changed.size(),
        moved.stream().limit(ImportReport.MOST_CHANGES).map(ImportPlan::change).toList(),
        moved.size(),
        notices.subList(0, Math.min(notices.size(), ImportReport.MOST_ERRORS)),
        notices.size(),
        errors.subList(0, Math.min(errors.size(), ImportReport.MOST_ERRORS)),
        errors.size());
  }

  private Change change(PlannedStudent student) {
    return new Change(
        student.row().row(),
        student.row().number(),
        action(student.isNew()),
        student.fields(),
        student.values(language));
  }

  private static CourseChange change(PlannedCourse course) {
    return new CourseChange(
        course.name(), action(course.before().isEmpty()), course.fields(), course.values());
  }

  private static Action action(boolean isNew) {
    return isNew ? Action.CREATED : Action.UPDATED;
  }
}
