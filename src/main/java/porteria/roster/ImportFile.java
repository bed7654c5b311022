package porteria.roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import porteria.bus.ImportProgress.Phase;
import porteria.roster.RowReader.ReadRow;

/**
 * What a file says, as far as it can be understood without knowing the school's roster.
 *
 * @param rows those without an error
 */
record ImportFile(List<ImportRow> rows, List<RowError> errors) {

  private static final List<String> REQUIRED = List.of("student_number", "full_name", "course");
  private static final Pattern KNOWN =
      Pattern.compile(
          "student_number|full_name|course|grade|in_time|out_time"
              + "|guardian[1-9]_(name|phone|email|language)");

  ImportFile {
    rows = List.copyOf(rows);
    errors = List.copyOf(errors);
  }

  /**
   * Reads a file.
   *
   * @throws porteria.domain.FailureException INVALID_REQUEST when it is no table
   */
  static ImportFile read(byte[] file, Addresses addresses, Progress progress) {
    CsvTable table = CsvTable.read(file);
    progress.reading(table.rows().size());
    List<RowError> errors = headingErrors(table.heading());
    if (!errors.isEmpty()) {
      return new ImportFile(List.of(), errors);
    }
    List<ReadRow> rows = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      List<String> cells = table.rows().get(i);
      if (!CsvTable.isBlank(cells)) {
        new RowReader(table.heading(), cells, i + 2, addresses, errors).read().ifPresent(rows::add);
      }
      progress.at(Phase.READING, i + 1);
    }
    contradictions(rows.stream().map(ReadRow::row).toList(), errors);
    return new ImportFile(
        rows.stream().filter(ReadRow::isSound).map(ReadRow::row).toList(), errors);
  }

  private static List<RowError> headingErrors(List<String> heading) {
    List<RowError> errors = new ArrayList<>();
    for (String required : REQUIRED) {
      if (!heading.contains(required)) {
        errors.add(new RowError(1, required, "this column is missing"));
      }
    }
    for (int i = 0; i < heading.size(); i++) {
      String column = heading.get(i);
      if (!KNOWN.matcher(column).matches()) {
        errors.add(
            new RowError(1, "", "column %d is not known: see the sample file".formatted(i + 1)));
      } else if (heading.indexOf(column) < i) {
        errors.add(new RowError(1, column, "this column is there twice"));
      }
    }
    return errors;
  }

  /**
   * What rows say one way and others another. Those that have errors of their own count too, so
   * that whoever corrects these does not learn of a contradiction afterwards.
   */
  private static void contradictions(List<ImportRow> rows, List<RowError> errors) {
    Map<String, Integer> numbers = new HashMap<>();
    for (ImportRow row : rows) {
      Integer earlier =
          row.number().isEmpty() ? null : numbers.putIfAbsent(row.number(), row.row());
      if (earlier != null) {
        errors.add(
            new RowError(
                row.row(), "student_number", "row %d has the same number".formatted(earlier)));
      }
    }
    differing(rows, errors, ImportRow::course, ImportRow::grade, "grade");
    differing(rows, errors, ImportRow::course, ImportRow::hours, "in_time");
  }

  private static <T> void differing(
      List<ImportRow> rows,
      List<RowError> errors,
      Function<ImportRow, String> of,
      Function<ImportRow, Optional<T>> what,
      String column) {
    Map<String, ImportRow> first = new HashMap<>();
    for (ImportRow row : rows) {
      if (!of.apply(row).isEmpty() && what.apply(row).isPresent()) {
        ImportRow earlier = first.putIfAbsent(of.apply(row), row);
        if (earlier != null && !what.apply(earlier).equals(what.apply(row))) {
          errors.add(
              new RowError(row.row(), column, "row %d says otherwise".formatted(earlier.row())));
        }
      }
    }
  }
}
