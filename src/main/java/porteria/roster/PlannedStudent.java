package porteria.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.roster.ImportReport.Value;
import porteria.roster.KnownRoster.KnownStudent;

/**
 * What a pupil is to be after an import.
 *
 * @param guardians those the row names, in its order
 */
record PlannedStudent(
    UUID id,
    ImportRow row,
    UUID courseId,
    Optional<KnownStudent> before,
    List<PlannedGuardian> guardians) {

  boolean isNew() {
    return before.isEmpty();
  }

  boolean changesName() {
    return before.filter(known -> known.fullName().equals(row.fullName())).isEmpty();
  }

  boolean changesCourse() {
    return before.filter(known -> known.courseId().equals(courseId)).isEmpty();
  }

  /** Whether the pupil's own row is written. */
  boolean changes() {
    return changesName() || changesCourse();
  }

  /** Guardians of the row who do not answer for the pupil yet. */
  List<PlannedGuardian> newGuardians() {
    List<UUID> linked = before.map(KnownStudent::guardians).orElse(List.of());
    return guardians.stream().filter(each -> !linked.contains(each.id())).toList();
  }

  /**
   * What changes, from what to what.
   *
   * @param language of the school
   */
  List<Value> values(String language) {
    List<Value> values = new ArrayList<>();
    if (isNew()) {
      values.add(new Value("student_number", Optional.empty(), row.number()));
    }
    if (changesName()) {
      values.add(new Value("full_name", before.map(KnownStudent::fullName), row.fullName()));
    }
    if (changesCourse()) {
      values.add(new Value("course", before.map(KnownStudent::course), row.course()));
    }
    List<PlannedGuardian> added = newGuardians();
    for (int i = 0; i < guardians.size(); i++) {
      PlannedGuardian guardian = guardians.get(i);
      values.addAll(
          guardian.values(row.guardians().get(i).column(), added.contains(guardian), language));
    }
    return values;
  }

  /** The headings of what changes. */
  List<String> fields() {
    List<String> fields = new ArrayList<>();
    if (isNew()) {
      fields.add("student_number");
    }
    if (changesName()) {
      fields.add("full_name");
    }
    if (changesCourse()) {
      fields.add("course");
    }
    List<PlannedGuardian> added = newGuardians();
    for (int i = 0; i < guardians.size(); i++) {
      PlannedGuardian guardian = guardians.get(i);
      if (guardian.isTouched() || added.contains(guardian)) {
        fields.add(row.guardians().get(i).column());
      }
    }
    return fields;
  }
}
