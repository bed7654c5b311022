package porteria.roster;

/**
 * What whoever sends a file should know of a cell that is taken as it is.
 *
 * @param row as a spreadsheet counts: the heading is row 1
 * @param column its heading
 * @param detail what becomes of it and what to do about it; never what stood there
 */
public record RowNotice(int row, String column, String detail) {}
