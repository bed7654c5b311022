package porteria.scan;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import porteria.bus.LiveChange;
import porteria.db.Database;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;
import porteria.domain.Verdict;

/** Records batches of scans on a connection of its own, opened when needed and after each fault. */
final class ScanRepository {

  private final Database database;
  private final double repeatSeconds;
  private @Nullable PgConnection connection;

  ScanRepository(Database database, Duration repeatWindow) {
    this.database = database;
    this.repeatSeconds = repeatWindow.toMillis() / 1_000.0;
  }

  /**
   * Records rows in one transaction. The next may be recorded as soon as this one is written: its
   * commands wait in the connection behind this one's commit.
   *
   * @param rows of distinct keys
   */
  Recording record(List<ScanRow> rows) {
    Future<Batch> sent = connected().map(open -> send(open, rows));
    return new Recording(
        database.guarded(sent.compose(Batch::written)),
        database.guarded(sent.compose(Batch::committed)).onFailure(this::drop));
  }

  Future<Void> close() {
    PgConnection open = connection;
    connection = null;
    return open == null ? Future.succeededFuture() : open.close();
  }

  private Future<PgConnection> connected() {
    if (connection != null) {
      return Future.succeededFuture(connection);
    }
    return database
        .dedicated("porteria-scan", ScanSql.SESSION)
        .onSuccess(
            opened -> {
              connection = opened;
              opened.closeHandler(closed -> forget(opened));
            });
  }

  private void forget(PgConnection closed) {
    if (closed.equals(connection)) {
      connection = null;
    }
  }

  /** After a fault the connection's state is not known: the next batch gets a new one. */
  private void drop(Throwable fault) {
    close();
  }

  /**
   * The four commands are sent without waiting for each other. Were one before the last to fail,
   * the rest fail with it and the last rolls back.
   */
  private Batch send(PgConnection open, List<ScanRow> rows) {
    UUID[] schools =
        rows.stream().map(row -> row.scan().kiosk().schoolId()).distinct().toArray(UUID[]::new);
    return new Batch(
        rows,
        open.query("BEGIN").execute(),
        open.preparedQuery(ScanSql.TAKE_TURN).execute(Tuple.of(schools)),
        open.preparedQuery(ScanSql.RECORD).execute(parameters(rows)),
        open.query("COMMIT").execute());
  }

  private Tuple parameters(List<ScanRow> rows) {
    Integer[] ord = new Integer[rows.size()];
    for (int i = 0; i < ord.length; i++) {
      ord[i] = i;
    }
    return Tuple.tuple()
        .addArrayOfInteger(ord)
        .addArrayOfUUID(column(rows, UUID[]::new, row -> row.scan().kiosk().schoolId()))
        .addArrayOfUUID(column(rows, UUID[]::new, row -> row.scan().kiosk().deviceId()))
        .addArrayOfUUID(column(rows, UUID[]::new, row -> row.scan().gate().id()))
        .addArrayOfLong(column(rows, Long[]::new, row -> row.scan().localSeq()))
        .addArrayOfLong(column(rows, Long[]::new, ScanRow::fingerprint))
        .addArrayOfBuffer(column(rows, Buffer[]::new, row -> row.tokenHash().orElse(null)))
        .addArrayOfUUID(column(rows, UUID[]::new, row -> row.qrStudentId().orElse(null)))
        .addArrayOfString(
            column(rows, String[]::new, row -> row.refusal().map(Enum::name).orElse(null)))
        .addArrayOfString(column(rows, String[]::new, row -> row.scan().type().name()))
        .addArrayOfString(column(rows, String[]::new, row -> row.scan().source().name()))
        .addArrayOfOffsetDateTime(times(rows, row -> row.scan().capturedAt().orElse(null)))
        .addArrayOfOffsetDateTime(times(rows, row -> row.scan().sentAt().orElse(null)))
        .addArrayOfOffsetDateTime(times(rows, row -> row.scan().receivedAt()))
        .addArrayOfOffsetDateTime(times(rows, ScanRow::occurredAt))
        .addArrayOfOffsetDateTime(times(rows, ScanRow::dayStart))
        .addArrayOfShort(column(rows, Short[]::new, row -> (short) row.flags()))
        .addDouble(repeatSeconds);
  }

  private static <T> @Nullable T[] column(
      List<ScanRow> rows, IntFunction<@Nullable T[]> array, Function<ScanRow, @Nullable T> value) {
    @Nullable T[] column = array.apply(rows.size());
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    return column;
  }

  private static @Nullable OffsetDateTime[] times(
      List<ScanRow> rows, Function<ScanRow, @Nullable Instant> time) {
    return column(
        rows,
        OffsetDateTime[]::new,
        row -> {
          Instant instant = time.apply(row);
          return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
        });
  }

  /** The answers of a batch's commands. */
  private record Batch(
      List<ScanRow> rows,
      Future<RowSet<Row>> begun,
      Future<RowSet<Row>> turn,
      Future<RowSet<Row>> recorded,
      Future<RowSet<Row>> ended) {

    Future<?> written() {
      return Future.join(begun, turn, recorded);
    }

    Future<List<RecordedScan>> committed() {
      return Future.join(begun, turn, recorded, ended).map(done -> outcomes());
    }

    /** New rows take the numbers after those their schools had when it was this batch's turn. */
    private List<RecordedScan> outcomes() {
      Map<UUID, Long> numbers = new HashMap<>();
      turn.result().forEach(line -> numbers.put(line.getUUID("school_id"), line.getLong("seq")));
      @Nullable Row[] lines = new Row[rows.size()];
      recorded.result().forEach(line -> lines[line.getInteger("ord")] = line);
      List<RecordedScan> outcomes = new ArrayList<>(lines.length);
      for (int i = 0; i < lines.length; i++) {
        outcomes.add(outcome(rows.get(i), Objects.requireNonNull(lines[i]), numbers));
      }
      return outcomes;
    }
  }

  private static RecordedScan outcome(ScanRow row, Row line, Map<UUID, Long> numbers) {
    Verdict verdict = verdict(row, line);
    if (line.getBoolean("known")) {
      return new RecordedScan(verdict, Optional.empty());
    }
    long seq = numbers.merge(row.scan().kiosk().schoolId(), 1L, Long::sum);
    return new RecordedScan(verdict, Optional.of(change(seq, row, line)));
  }

  private static Verdict verdict(ScanRow row, Row line) {
    if (line.getLong("fingerprint") != row.fingerprint()) {
      return new Verdict.Conflict();
    }
    List<ScanFlag> flags = ScanFlag.of(line.getShort("flags"));
    boolean duplicate = line.getBoolean("known");
    return reason(line)
        .<Verdict>map(reason -> new Verdict.Rejected(line.getUUID("id"), reason, flags, duplicate))
        .orElseGet(
            () ->
                new Verdict.Accepted(
                    line.getUUID("id"),
                    line.getUUID("student_id"),
                    line.getString("full_name"),
                    row.scan().type(),
                    line.getOffsetDateTime("occurred_at").toInstant(),
                    flags,
                    duplicate));
  }

  private static LiveChange change(long seq, ScanRow row, Row line) {
    Optional<RejectionReason> reason = reason(line);
    boolean refused = reason.isPresent();
    return new LiveChange(
        row.scan().kiosk().schoolId(),
        seq,
        refused ? LiveChange.Kind.REJECTED : LiveChange.Kind.EVENT,
        line.getUUID("id"),
        refused ? Optional.empty() : Optional.of(line.getString("full_name")),
        refused ? Optional.empty() : Optional.of(line.getUUID("course_id")),
        row.scan().type(),
        row.scan().gate().name(),
        row.occurredAt(),
        ScanFlag.of(line.getShort("flags")),
        reason);
  }

  private static Optional<RejectionReason> reason(Row line) {
    return Optional.ofNullable(line.getString("reason")).map(RejectionReason::valueOf);
  }
}
