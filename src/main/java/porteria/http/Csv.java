package porteria.http;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables as RFC 4180 writes them, which a spreadsheet can open without running anything: a cell
 * that it would take for a formula gets an apostrophe before it (OWASP, CSV Injection).
 */
final class Csv {

  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  private Csv() {}

  /** One record, with its line end. */
  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
