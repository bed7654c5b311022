package porteria.roster;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porteria.domain.Channel;
import porteria.roster.ImportRow.ImportGuardian;

/** Reads one row of a file and notes all that is wrong with it. */
final class RowReader {

  private static final int LONGEST_CELL = 1_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_NUMBER = 40;
  private static final int MOST_GUARDIANS = 9;
  private static final Set<String> LANGUAGES = Set.of("es", "en", "pt");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\uFFFD]");

  /** Spreadsheets add seconds. */
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::00)?");

  private final List<String> heading;
  private final List<String> cells;
  private final int row;
  private final Addresses addresses;
  private final List<RowError> errors;
  private final int errorsBefore;

  RowReader(
      List<String> heading,
      List<String> cells,
      int row,
      Addresses addresses,
      List<RowError> errors) {
    this.heading = heading;
    this.cells = cells;
    this.row = row;
    this.addresses = addresses;
    this.errors = errors;
    this.errorsBefore = errors.size();
  }

  /**
   * A row as far as it can be read.
   *
   * @param row what cannot be read of it is empty
   * @param isSound whether nothing is wrong with it
   */
  record ReadRow(ImportRow row, boolean isSound) {}

  /** The row; empty when its cells are not those of the heading. */
  Optional<ReadRow> read() {
    if (cells.size() != heading.size()) {
      wrong("", "has %d cells, the heading has %d".formatted(cells.size(), heading.size()));
      return Optional.empty();
    }
    String number = required("student_number", LONGEST_NUMBER);
    String fullName = required("full_name", LONGEST_NAME);
    String course = required("course", LONGEST_NAME);
    Optional<String> grade = cell("grade", LONGEST_NAME);
    Optional<SchoolHours.Span> hours = hours();
    List<ImportGuardian> guardians = new ArrayList<>();
    for (int i = 1; i <= MOST_GUARDIANS; i++) {
      guardian("guardian" + i).ifPresent(guardians::add);
    }
    return Optional.of(
        new ReadRow(
            new ImportRow(row, number, fullName, course, grade, hours, guardians),
            errors.size() == errorsBefore));
  }

  private Optional<ImportGuardian> guardian(String column) {
    Optional<String> name = cell(column + "_name", LONGEST_NAME);
    Optional<String> phone = address(column + "_phone", Channel.WHATSAPP);
    Optional<String> email = address(column + "_email", Channel.EMAIL);
    Optional<String> language =
        cell(column + "_language", LONGEST_CELL).map(each -> each.toLowerCase(Locale.ROOT));
    if (language.filter(each -> !LANGUAGES.contains(each)).isPresent()) {
      wrong(column + "_language", "allowed are es, en and pt");
    }
    if (name.isEmpty() && (phone.isPresent() || email.isPresent() || language.isPresent())) {
      wrong(column + "_name", "is missing");
    }
    return name.map(each -> new ImportGuardian(column, each, phone, email, language));
  }

  private Optional<String> address(String column, Channel channel) {
    Optional<String> written = cell(column, LONGEST_CELL);
    Optional<String> kept = written.flatMap(each -> addresses.normalise(channel, each));
    if (written.isPresent() && kept.isEmpty()) {
      wrong(column, Addresses.allowed(channel));
    }
    return kept;
  }

  private Optional<SchoolHours.Span> hours() {
    Optional<LocalTime> in = time("in_time");
    Optional<LocalTime> out = time("out_time");
    if (in.isPresent() != out.isPresent()) {
      wrong(in.isPresent() ? "out_time" : "in_time", "is missing beside the other");
    }
    if (in.isEmpty() || out.isEmpty()) {
      return Optional.empty();
    }
    if (!in.get().isBefore(out.get())) {
      wrong("out_time", "allowed is a time after in_time");
      return Optional.empty();
    }
    return Optional.of(new SchoolHours.Span(in.get(), out.get()));
  }

  private Optional<LocalTime> time(String column) {
    Optional<String> written = cell(column, LONGEST_CELL);
    Optional<LocalTime> time =
        written.map(TIME::matcher).filter(Matcher::matches).flatMap(RowReader::time);
    if (written.isPresent() && time.isEmpty()) {
      wrong(column, "allowed is a time such as 08:00");
    }
    return time;
  }

  private static Optional<LocalTime> time(Matcher written) {
    int hour = Integer.parseInt(written.group(1));
    int minute = Integer.parseInt(written.group(2));
    return hour < 24 && minute < 60 ? Optional.of(LocalTime.of(hour, minute)) : Optional.empty();
  }

  private String required(String column, int longest) {
    int before = errors.size();
    Optional<String> found = cell(column, longest);
    if (found.isEmpty() && errors.size() == before) {
      wrong(column, "is missing");
    }
    return found.orElse("");
  }

  /** What stands in a column, tidied; empty when nothing does or it cannot be taken. */
  private Optional<String> cell(String column, int longest) {
    int place = heading.indexOf(column);
    if (place < 0) {
      return Optional.empty();
    }
    String written = cells.get(place);
    if (written.length() > LONGEST_CELL) {
      wrong(column, "is too long: allowed are %d characters".formatted(longest));
      return Optional.empty();
    }
    String tidied = Names.tidy(written);
    if (CONTROL.matcher(tidied).find()) {
      wrong(column, "holds a character that is not text");
      return Optional.empty();
    }
    if (tidied.length() > longest) {
      wrong(column, "is too long: allowed are %d characters".formatted(longest));
      return Optional.empty();
    }
    return Optional.of(tidied).filter(each -> !each.isEmpty());
  }

  private void wrong(String column, String detail) {
    errors.add(new RowError(row, column, detail));
  }
}
