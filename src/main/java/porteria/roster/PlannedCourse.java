package porteria.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import porteria.roster.ImportReport.Value;
import porteria.roster.KnownRoster.KnownCourse;

/**
 * What a course is to be after an import.
 *
 * @param row the first that names it
 * @param grade empty where neither the file nor the school knows it
 * @param hours those of the file
 */
record PlannedCourse(
    UUID id,
    String name,
    int row,
    Optional<KnownCourse> before,
    Optional<String> grade,
    Optional<SchoolHours.Span> hours) {

  /** What the rows of one course say together. */
  static PlannedCourse of(
      String name, List<ImportRow> rows, Optional<KnownCourse> before, UUID newId) {
    return new PlannedCourse(
        before.map(KnownCourse::id).orElse(newId),
        name,
        rows.getFirst().row(),
        before,
        rows.stream()
            .flatMap(row -> row.grade().stream())
            .findFirst()
            .or(() -> before.map(KnownCourse::grade)),
        rows.stream().flatMap(row -> row.hours().stream()).findFirst());
  }

  boolean changesGrade() {
    return grade.isPresent() && !before.map(KnownCourse::grade).equals(grade);
  }

  boolean changesHours() {
    return hours.isPresent() && !before.flatMap(KnownCourse::hours).equals(hours);
  }

  /** What changes, from what to what. */
  List<Value> values() {
    List<Value> values = new ArrayList<>();
    if (before.isEmpty()) {
      values.add(new Value("course", Optional.empty(), name));
    }
    if (changesGrade()) {
      values.add(new Value("grade", before.map(KnownCourse::grade), grade.orElseThrow()));
    }
    if (changesHours()) {
      Optional<SchoolHours.Span> known = before.flatMap(KnownCourse::hours);
      SchoolHours.Span now = hours.orElseThrow();
      Stream.of(
              new Value("in_time", known.map(span -> span.in().toString()), now.in().toString()),
              new Value("out_time", known.map(span -> span.out().toString()), now.out().toString()))
          .filter(value -> !value.before().equals(Optional.of(value.after())))
          .forEach(values::add);
    }
    return values;
  }

  /** The headings of what changes. */
  List<String> fields() {
    List<String> fields = new ArrayList<>();
    if (before.isEmpty()) {
      fields.add("course");
    }
    if (changesGrade()) {
      fields.add("grade");
    }
    if (changesHours()) {
      fields.addAll(List.of("in_time", "out_time"));
    }
    return fields;
  }
}
