package porteria.broadcast;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import porteria.bus.BroadcastReport;
import porteria.bus.BroadcastReport.Place;
import porteria.bus.ReportBroadcast;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.MaskedAddress;
import porteria.outbox.Broadcasts;

/**
 * Tells what became of each message of a broadcast, page by page: there may be tens of thousands.
 */
final class Reports {

  private static final int PAGE = 1_000;

  /** Before every line. */
  private static final Place BEGINNING = new Place(new UUID(0, 0), Channel.WHATSAPP);

  private final Database database;
  private final Acts acts;

  Reports(Database database, Acts acts) {
    this.database = database;
    this.acts = acts;
  }

  /** A page; the first is written into the audit trail. Fails with NOT_FOUND. */
  Future<BroadcastReport> report(ReportBroadcast command) {
    return database.inSchool(
        command.by().schoolId(),
        Broadcasts.PATIENCE,
        connection ->
            command
                .after()
                .map(Future::succeededFuture)
                .orElseGet(() -> begin(connection, command))
                .compose(after -> page(connection, command, after)));
  }

  private Future<Place> begin(SqlConnection connection, ReportBroadcast command) {
    UUID school = command.by().schoolId();
    return connection
        .query(BroadcastSql.PLAN_FOR_ALL)
        .execute()
        .compose(planned -> BroadcastRows.find(connection, school, command.id()))
        .compose(
            one ->
                connection
                    .preparedQuery(BroadcastSql.COUNT_LINES)
                    .execute(Tuple.of(school, one.id()))
                    .map(rows -> rows.iterator().next().getInteger("lines"))
                    .compose(
                        lines ->
                            acts.note(
                                connection,
                                command.by(),
                                "exported",
                                Acts.said(one).put("lines", lines),
                                one.id())))
        .map(BEGINNING);
  }

  private static Future<BroadcastReport> page(
      SqlConnection connection, ReportBroadcast command, Place after) {
    return connection
        .query(BroadcastSql.PLAN_FOR_PAGE)
        .execute()
        .compose(
            planned ->
                connection
                    .preparedQuery(BroadcastSql.REPORT)
                    .execute(
                        Tuple.of(
                            command.by().schoolId(),
                            command.id(),
                            after.guardianId(),
                            after.channel() == Channel.EMAIL,
                            PAGE)))
        .map(Reports::page);
  }

  private static BroadcastReport page(RowSet<Row> rows) {
    List<BroadcastReport.Line> lines = new ArrayList<>(rows.size());
    Optional<Place> last = Optional.empty();
    for (Row row : rows) {
      lines.add(line(row));
      last =
          Optional.of(
              new Place(row.getUUID("guardian_id"), Channel.valueOf(row.getString("channel"))));
    }
    return new BroadcastReport(lines, lines.size() == PAGE ? last : Optional.empty());
  }

  private static BroadcastReport.Line line(Row row) {
    return new BroadcastReport.Line(
        Channel.valueOf(row.getString("channel")),
        MaskedAddress.of(row.getString("address")),
        row.getString("language"),
        row.getString("students"),
        row.getBoolean("instead"),
        row.getString("status"),
        Optional.ofNullable(row.getString("failure_class")),
        Optional.ofNullable(row.getString("error")),
        instant(row.getOffsetDateTime("sent_at")),
        instant(row.getOffsetDateTime("delivered_at")));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
