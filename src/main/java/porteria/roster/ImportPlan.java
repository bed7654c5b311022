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
 * @param errors of the file and of what it says together
 */
record ImportPlan(
    String language,
    Collection<PlannedCourse> courses,
    List<PlannedStudent> students,
    Collection<PlannedGuardian> guardians,
    List<RowError> errors) {

  static ImportPlan of(ImportFile file, KnownRoster roster, TimeOrderedIds ids, Progress progress) {
    List<RowError> errors = new ArrayList<>(file.errors());
    Map<String, PlannedCourse> courses = courses(file, roster, ids, errors);
    GuardianMatching matching = new GuardianMatching(roster, ids);
    List<PlannedStudent> students = new ArrayList<>();
    for (ImportRow row : file.rows()) {
      Optional<KnownStudent> before = Optional.ofNullable(roster.students().get(row.number()));
      List<PlannedGuardian> guardians = new ArrayList<>();
      for (ImportGuardian each : row.guardians()) {
        PlannedGuardian guardian = matching.find(before, each);
        for (String field : guardian.take(each)) {
          errors.add(
              new RowError(
                  row.row(),
                  each.column() + "_" + field,
                  "another row says otherwise of the same guardian"));
        }
        guardians.add(guardian);
      }
      students.add(
          new PlannedStudent(
              before.map(KnownStudent::id).orElseGet(ids::next),
              row,
              Objects.requireNonNull(courses.get(row.course())).id(),
              before,
              List.copyOf(guardians)));
      progress.at(Phase.CHECKING, students.size());
    }
    errors.sort(Comparator.comparingInt(RowError::row));
    return new ImportPlan(
        roster.language(), courses.values(), students, matching.planned(), errors);
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
    List<Change> changes =
        students.stream()
            .filter(each -> !each.fields().isEmpty())
            .map(
                each ->
                    new Change(
                        each.row().row(), each.row().number(), action(each.isNew()), each.fields()))
            .toList();
    int created = (int) students.stream().filter(PlannedStudent::isNew).count();
    return new ImportReport(
        imported,
        created,
        changes.size() - created,
        students.size() - changes.size(),
        changes,
        courses.stream()
            .filter(each -> !each.fields().isEmpty())
            .map(
                each ->
                    new CourseChange(each.name(), action(each.before().isEmpty()), each.fields()))
            .toList(),
        errors.subList(0, Math.min(errors.size(), ImportReport.MOST_ERRORS)),
        errors.size());
  }

  private static Action action(boolean isNew) {
    return isNew ? Action.CREATED : Action.UPDATED;
  }
}
