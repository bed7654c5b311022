package porteria.roster;

/**
 * What is wrong with a cell of a file.
 *
 * @param row as a spreadsheet counts: the heading is row 1
 * @param column its heading; empty when it is the whole row
 * @param detail what is wrong and what is allowed; never what stood there
 */
public record RowError(int row, String column, String detail) {}
