package porteria.roster;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/**
 * A file of rows (RFC 4180) as spreadsheets write it: in UTF-8, with or without a byte order mark,
 * or in Windows-1252; with commas or with semicolons, whichever the heading has more of.
 *
 * @param heading in lower case
 */
record CsvTable(List<String> heading, List<List<String>> rows) {

  static final int MOST_ROWS = 20_000;
  static final int MOST_COLUMNS = 60;

  private static final String MARK = "\uFEFF";
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** A quote that is never closed swallows the rest: no cell may grow beyond this. */
  private static final int LONGEST_CELL = 16_384;

  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]*");

  CsvTable {
    heading = List.copyOf(heading);
    rows = List.copyOf(rows);
  }

  /**
   * Reads a file.
   *
   * @throws porteria.domain.FailureException INVALID_REQUEST when it is no such file
   */
  static CsvTable read(byte[] file) {
    String text = decode(file);
    if (text.startsWith(MARK)) {
      text = text.substring(MARK.length());
    }
    List<List<String>> records = records(text);
    if (records.isEmpty()) {
      throw failure("The file is empty: allowed is a heading and a row for each pupil.");
    }
    List<String> heading =
        records.getFirst().stream().map(each -> Names.tidy(each).toLowerCase(Locale.ROOT)).toList();
    return new CsvTable(heading, records.subList(1, records.size()));
  }

  private static List<List<String>> records(String text) {
    List<List<String>> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .skipEmptyLines(false)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(false)
            .maxBufferSize(LONGEST_CELL)
            .ofCsvRecord(text)) {
      for (CsvRecord each : reader) {
        if (each.getFieldCount() > MOST_COLUMNS) {
          throw failure("A row has too many columns: allowed are %d.".formatted(MOST_COLUMNS));
        }
        records.add(List.copyOf(each.getFields()));
        if (records.size() > MOST_ROWS + 1) {
          throw failure("The file has too many rows: allowed are %d.".formatted(MOST_ROWS));
        }
      }
    } catch (CsvParseException notCsv) {
      throw failure(
          "Row %d cannot be read: a quote is misplaced, or a cell is too long."
              .formatted(records.size() + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (!records.isEmpty() && isBlank(records.getLast())) {
      records.removeLast();
    }
    return records;
  }

  static boolean isBlank(List<String> cells) {
    return cells.stream().allMatch(cell -> BLANK.matcher(cell).matches());
  }

  private static char separator(String text) {
    long commas = 0;
    long semicolons = 0;
    for (int i = 0; i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r'; i++) {
      commas += text.charAt(i) == ',' ? 1 : 0;
      semicolons += text.charAt(i) == ';' ? 1 : 0;
    }
    return semicolons > commas ? ';' : ',';
  }

  private static String decode(byte[] file) {
    return decode(file, StandardCharsets.UTF_8)
        .or(() -> decode(file, WINDOWS))
        .orElseThrow(() -> failure("The file is not text: allowed are UTF-8 and Windows-1252."));
  }

  private static Optional<String> decode(byte[] file, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(file))
              .toString());
    } catch (CharacterCodingException another) {
      return Optional.empty();
    }
  }

  private static RuntimeException failure(String detail) {
    return new Failure(
            Failure.Kind.INVALID_REQUEST, detail, List.of(new FieldError("/file", detail)))
        .asException();
  }
}
