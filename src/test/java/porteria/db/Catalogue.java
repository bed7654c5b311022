package porteria.db;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.testkit.Sql;

/** The tables of a migrated database as PostgreSQL's catalogue knows them, and a row for any. */
final class Catalogue {

  private static final String TABLES =
      """
      SELECT relname FROM pg_class c
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND %s EXISTS (SELECT FROM pg_attribute
                       WHERE attrelid = c.oid AND attname = 'school_id' AND NOT attisdropped)
      ORDER BY relname
      """;

  /** What a row must be given: a column's name and its type. */
  private static final String REQUIRED_COLUMNS =
      """
      SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
      WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull
        AND attidentity = '' AND attgenerated = '' AND (NOT atthasdef OR attname = 'id')
      ORDER BY attnum
      """;

  private static final String CHECKS =
      """
      SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
      FROM pg_constraint
      WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conrelid <> 0
      """;

  private final Sql superuser;

  Catalogue(Sql superuser) {
    this.superuser = superuser;
  }

  List<String> tenantTables() {
    return superuser.lines(TABLES.formatted(""));
  }

  List<String> otherTables() {
    return superuser.lines(TABLES.formatted("NOT"));
  }

  /** Lets any value stand in any column, so that a row needs to mean nothing. */
  void dropChecks() {
    superuser.lines(CHECKS).forEach(superuser::lines);
  }

  /** A statement that puts a row of a school into a table, whatever its columns are. */
  String insertion(String table, String schoolColumn, UUID school) {
    List<String[]> columns =
        superuser.lines(REQUIRED_COLUMNS, table).stream().map(line -> line.split(" ", 2)).toList();
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            table,
            columns.stream().map(column -> column[0]).collect(Collectors.joining(", ")),
            columns.stream()
                .map(
                    column ->
                        column[0].equals(schoolColumn) ? "'" + school + "'" : value(table, column))
                .collect(Collectors.joining(", ")));
  }

  private static String value(String table, String[] column) {
    return switch (column[1]) {
      case "uuid" -> "uuidv7()";
      case "text" -> "'x' || uuidv7()";
      case "bytea" -> "sha256(uuidv7()::text::bytea)";
      case "smallint", "integer", "bigint", "numeric" -> "1";
      case "boolean" -> "false";
      case "timestamp with time zone" -> "now()";
      case "date" -> "current_date";
      case "time without time zone" -> "'08:00'";
      case "interval" -> "'1 minute'";
      case "jsonb", "text[]", "uuid[]" -> "'{}'";
      default ->
          throw new AssertionError(
              "say here what a value of %s.%s of type %s may be"
                  .formatted(table, column[0], column[1]));
    };
  }
}
