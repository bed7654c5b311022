package porteria.scan;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import porteria.bus.LiveChange;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.CardTokens;
import porteria.domain.Failure;
import porteria.domain.Failure.Kind;
import porteria.domain.FailureException;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;
import porteria.domain.Verdict;

/** Records batches of scans on a connection of its own, opened when needed and after each fault. */
final class ScanRepository {

  /** How often a batch is sent in all when batches of other nodes overtake it. */
  private static final int TRIES = 20;

  /** serialization_failure, deadlock_detected: the same statement may do better now. */
  private static final Set<String> OVERTAKEN = Set.of("40001", "40P01");

  private static final Map<String, String> SESSION = session();

  private final Database database;
  private final Duration repeatWindow;
  private final int formerKeys;
  private final String statement;

  /** Open or being opened. */
  private @Nullable Future<PgConnection> connection;

  /**
   * Prepares the statement.
   *
   * @param repeatWindow of schools that have none of their own
   * @param formerKeys how many keys the hashes of cards had before the present one
   */
  ScanRepository(Database database, Duration repeatWindow, int formerKeys) {
    this.database = database;
    this.repeatWindow = repeatWindow;
    this.formerKeys = formerKeys;
    this.statement = formerKeys == 0 ? ScanSql.RECORD : ScanSql.RECORD_BY_FORMER_KEYS_TOO;
  }

  /**
   * Records rows in one transaction. A second batch may be sent before the first is recorded: it
   * waits in the connection.
   *
   * @param rows of distinct keys
   * @return what became of each, in their order; on failure nothing is known to be recorded
   */
  Future<List<RecordedScan>> record(List<ScanRow> rows) {
    Future<PgConnection> used = connected();
    return database
        .guarded(used.compose(open -> recordOn(open, parameters(rows), TRIES)))
        .map(lines -> outcomes(rows, lines))
        .onFailure(fault -> dropUnlessRefused(used, fault))
        .recover(fault -> Future.failedFuture(asOurs(fault)));
  }

  /**
   * What the database finds contradictory is our mistake, and never the kiosk's: it keeps the scan.
   */
  private static Throwable asOurs(Throwable fault) {
    return fault instanceof FailureException known && known.failure().kind() == Kind.CONFLICT
        ? Failure.of(Kind.INTERNAL, "The scan could not be recorded.").asException()
        : fault;
  }

  private Future<RowSet<Row>> recordOn(PgConnection open, Tuple parameters, int tries) {
    return open.preparedQuery(statement)
        .execute(parameters)
        .recover(
            fault ->
                tries > 1 && isOvertaken(fault)
                    ? recordOn(open, parameters, tries - 1)
                    : Future.failedFuture(fault));
  }

  /** Another batch of the same school was committed while this one looked, or waits for it. */
  private static boolean isOvertaken(Throwable fault) {
    return fault instanceof PgException refused && OVERTAKEN.contains(refused.getSqlState());
  }

  private static Map<String, String> session() {
    Map<String, String> session = new HashMap<>(ScanSql.SESSION);
    session.putAll(ScanSql.ISOLATION);
    return session;
  }

  Future<Void> close() {
    Future<PgConnection> open = connection;
    connection = null;
    return open == null ? Future.succeededFuture() : open.compose(PgConnection::close);
  }

  private Future<PgConnection> connected() {
    if (connection != null) {
      return connection;
    }
    Future<PgConnection> opening = database.dedicated("porteria-scan", SESSION);
    connection = opening;
    opening
        .onSuccess(opened -> opened.closeHandler(closed -> forget(opening)))
        .onFailure(fault -> forget(opening));
    return opening;
  }

  private void forget(Future<PgConnection> gone) {
    if (gone.equals(connection)) {
      connection = null;
    }
  }

  /** Unless the server itself refused, the connection's state is not known after a fault. */
  private void dropUnlessRefused(Future<PgConnection> used, Throwable fault) {
    if (!ScanQueue.isPoison(fault)) {
      forget(used);
      used.onSuccess(PgConnection::close);
    }
  }

  private Tuple parameters(List<ScanRow> rows) {
    Integer[] ord = new Integer[rows.size()];
    for (int i = 0; i < ord.length; i++) {
      ord[i] = i;
    }
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfInteger(ord)
            .addArrayOfUUID(Columns.of(rows, UUID[]::new, row -> row.scan().kiosk().schoolId()))
            .addArrayOfUUID(Columns.of(rows, UUID[]::new, row -> row.scan().kiosk().deviceId()))
            .addArrayOfUUID(Columns.of(rows, UUID[]::new, row -> row.scan().gate().id()))
            .addArrayOfLong(Columns.of(rows, Long[]::new, row -> row.scan().localSeq()))
            .addArrayOfLong(Columns.of(rows, Long[]::new, ScanRow::fingerprint))
            .addArrayOfBuffer(
                Columns.of(
                    rows,
                    Buffer[]::new,
                    row -> row.card().map(CardTokens.Reading.Card::hash).orElse(null)))
            .addArrayOfUUID(Columns.of(rows, UUID[]::new, row -> row.qrStudentId().orElse(null)))
            .addArrayOfString(
                Columns.strings(rows, row -> row.refusal().map(Enum::name).orElse(null)))
            .addArrayOfString(Columns.strings(rows, row -> row.scan().type().name()))
            .addArrayOfString(Columns.strings(rows, row -> row.scan().source().name()))
            .addArrayOfOffsetDateTime(times(rows, row -> row.scan().capturedAt().orElse(null)))
            .addArrayOfOffsetDateTime(times(rows, row -> row.scan().sentAt().orElse(null)))
            .addArrayOfOffsetDateTime(times(rows, row -> row.scan().receivedAt()))
            .addArrayOfOffsetDateTime(times(rows, ScanRow::occurredAt))
            .addArrayOfOffsetDateTime(times(rows, ScanRow::dayStart))
            .addArrayOfShort(Columns.of(rows, Short[]::new, row -> (short) row.flags()))
            .addArrayOfDouble(Columns.of(rows, Double[]::new, this::repeatSeconds));
    return formerKeys == 0
        ? parameters
        : parameters.addArrayOfBuffer(formerHashes(rows)).addInteger(formerKeys);
  }

  private Double repeatSeconds(ScanRow row) {
    return row.scan().kiosk().repeatWindow().orElse(repeatWindow).toMillis() / 1_000.0;
  }

  /** So many for each row, one row after the other; nulls for a row that is no card. */
  private @Nullable Buffer[] formerHashes(List<ScanRow> rows) {
    @Nullable Buffer[] hashes = new Buffer[rows.size() * formerKeys];
    for (int i = 0; i < rows.size(); i++) {
      List<Buffer> former =
          rows.get(i).card().map(CardTokens.Reading.Card::formerHashes).orElse(List.of());
      for (int j = 0; j < former.size(); j++) {
        hashes[i * formerKeys + j] = former.get(j);
      }
    }
    return hashes;
  }

  private static @Nullable OffsetDateTime[] times(
      List<ScanRow> rows, Function<ScanRow, @Nullable Instant> time) {
    return Columns.of(
        rows,
        OffsetDateTime[]::new,
        row -> {
          Instant instant = time.apply(row);
          return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
        });
  }

  /** New rows take the numbers after those that their schools had before. */
  private static List<RecordedScan> outcomes(List<ScanRow> rows, RowSet<Row> answer) {
    @Nullable Row[] lines = new Row[rows.size()];
    answer.forEach(line -> lines[line.getInteger("ord")] = line);
    Map<UUID, Long> numbers = new HashMap<>();
    List<RecordedScan> outcomes = new ArrayList<>(lines.length);
    for (int i = 0; i < lines.length; i++) {
      outcomes.add(outcome(rows.get(i), Objects.requireNonNull(lines[i]), numbers));
    }
    return outcomes;
  }

  private static RecordedScan outcome(ScanRow row, Row line, Map<UUID, Long> numbers) {
    Verdict verdict = verdict(row, line);
    if (line.getBoolean("known")) {
      return new RecordedScan(verdict, Optional.empty());
    }
    long first = line.getLong("seq_before") + 1;
    long seq = numbers.merge(row.scan().kiosk().schoolId(), first, (last, unused) -> last + 1);
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
