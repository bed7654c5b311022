package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.DeliveryReport;
import porteria.bus.Done;
import porteria.bus.ReportDeliveries;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.FailureClass;
import porteria.domain.SuppressionReason;
import porteria.notification.ContactStrikes.Struck;
import porteria.outbox.Suppressions;
import porteria.outbox.Suppressions.Suppressed;

/**
 * What providers say became of messages: stored when it is told, in one statement, and applied in
 * rounds afterwards, which several nodes share. For one event loop.
 */
final class DeliveryReports {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryReports.class);

  private static final int BATCH = 200;

  /** A report may overtake the commit of what it is about; other environments share the account. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Providers tell some of it again for days. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** What was reported longer ago says nothing of the account as it is now. */
  private static final Duration NEWS = Duration.ofMinutes(2);

  private static final Duration FORGET_EACH = Duration.ofMinutes(10);

  /**
   * What a round came to.
   *
   * @param more whether others may be due
   */
  private record Applied(boolean more, Set<Struck> struck) {}

  private final Database database;
  private final InstantSource clock;
  private final SendingPauses pauses;
  private final Runnable ended;
  private final Rounds applying = new Rounds(this::apply, this::checkFinished);
  private final Promise<Void> finished = Promise.promise();
  private boolean finishing;
  private Instant forgetNext = Instant.MIN;

  /**
   * @param ended told when a message failed, or came to its end whose cause was annulled meanwhile
   */
  DeliveryReports(Database database, InstantSource clock, SendingPauses pauses, Runnable ended) {
    this.database = database;
    this.clock = clock;
    this.pauses = pauses;
    this.ended = ended;
  }

  /** Keeps reports; they are applied soon after it is answered. */
  Future<Done> store(ReportDeliveries told) {
    List<DeliveryReport> reports = told.reports();
    if (reports.isEmpty()) {
      return Future.succeededFuture(new Done());
    }
    return database
        .workerQuery(ReportSql.STORE, row(reports, clock.instant()))
        .onSuccess(stored -> look())
        .map(new Done());
  }

  /** Looks for reports that are due now. */
  void look() {
    if (!finishing) {
      applying.wake();
    }
  }

  /** Takes no more reports up. Completes when no round runs. */
  Future<Void> finish() {
    finishing = true;
    checkFinished();
    return finished.future();
  }

  private void checkFinished() {
    if (finishing && !applying.running()) {
      finished.tryComplete();
    }
  }

  private Future<Boolean> apply() {
    Instant now = clock.instant();
    return database
        .asWorker(connection -> apply(connection, now))
        .compose(
            applied ->
                ContactStrikes.suppressStruckOut(database, applied.struck(), now)
                    .compose(done -> forget(now))
                    .map(applied.more()))
        .onFailure(error -> LOG.warn("reports wait: {}", error.getMessage()));
  }

  private Future<Applied> apply(SqlConnection connection, Instant now) {
    return connection
        .query(ReportSql.PLAN_BY_INDEX)
        .execute()
        .compose(
            planned ->
                connection
                    .preparedQuery(ReportSql.APPLY)
                    .execute(
                        Tuple.of(
                            Columns.utc(now),
                            BATCH,
                            Columns.utc(now.plus(LOOK_AGAIN)),
                            Columns.utc(now.minus(PATIENCE)))))
        .compose(
            applied ->
                follow(connection, applied, now)
                    .map(struck -> new Applied(applied.rowCount() == BATCH, struck)));
  }

  /**
   * What a report means for its address.
   *
   * @return the addresses that were struck
   */
  private Future<Set<Struck>> follow(SqlConnection connection, RowSet<Row> applied, Instant now) {
    Set<Suppressed> unwanted = new HashSet<>();
    Set<Struck> struck = new HashSet<>();
    boolean over = false;
    List<Row> refused = new ArrayList<>();
    for (Row row : applied) {
      boolean failed = "FAILED".equals(row.getString("next"));
      over |= failed || row.getBoolean("recalled");
      if (failed && row.getOffsetDateTime("reported_at").toInstant().isAfter(now.minus(NEWS))) {
        refused.add(row);
      }
      if (failed && FailureClass.RECIPIENT.name().equals(row.getString("failure_class"))) {
        struck.add(Struck.of(row.getUUID("school_id"), channel(row), row.getString("address")));
      }
      @Nullable SuppressionReason reason = reason(row);
      if (reason != null) {
        unwanted.add(
            new Suppressed(
                row.getUUID("school_id"), channel(row), row.getString("address"), reason));
      }
    }
    connection.transaction().completion().onSuccess(committed -> pause(refused));
    if (over) {
      connection.transaction().completion().onSuccess(committed -> ended.run());
    }
    return Suppressions.add(connection, unwanted, now).map(struck);
  }

  /** After the commit: the pauses are written by the connection that may wait for these rows. */
  private void pause(List<Row> refused) {
    refused.forEach(row -> pauses.after(channel(row), row.getString("wording"), failure(row)));
  }

  private static Channel channel(Row row) {
    return Channel.valueOf(row.getString("channel"));
  }

  private static SendOutcome.Failed failure(Row row) {
    return new SendOutcome.Failed(
        FailureClass.valueOf(row.getString("failure_class")),
        Objects.requireNonNullElse(row.getString("code"), "reported"),
        "");
  }

  /** Null when the address stays as it is, or is no longer known. */
  private static @Nullable SuppressionReason reason(Row row) {
    @Nullable String address = row.getString("address");
    if (address == null || address.isEmpty()) {
      return null;
    }
    return switch (DeliveryReport.Status.valueOf(row.getString("status"))) {
      case COMPLAINED -> SuppressionReason.COMPLAINED;
      case BOUNCED -> row.getString("failure_class") == null ? null : SuppressionReason.BOUNCED;
      case SENT, DELIVERED, READ, FAILED -> null;
    };
  }

  private Future<Void> forget(Instant now) {
    if (now.isBefore(forgetNext)) {
      return Future.succeededFuture();
    }
    forgetNext = now.plus(FORGET_EACH);
    return database
        .workerQuery(ReportSql.FORGET, Tuple.of(Columns.utc(now.minus(KEPT)), 10_000))
        .mapEmpty();
  }

  private static Tuple row(List<DeliveryReport> reports, Instant now) {
    return Tuple.of(
            Columns.strings(reports, each -> each.channel().name()),
            Columns.strings(reports, DeliveryReport::providerMessageId),
            Columns.strings(reports, each -> each.status().name()),
            Columns.of(reports, UUID[]::new, each -> each.notification().orElse(null)),
            Columns.strings(reports, each -> each.code().orElse(null)),
            Columns.of(
                reports,
                String[]::new,
                each -> ReportedFailures.of(each).map(Enum::name).orElse(null)))
        .addArrayOfString(Columns.strings(reports, DeliveryReports::errors))
        .addArrayOfOffsetDateTime(
            Columns.of(reports, OffsetDateTime[]::new, each -> Columns.utc(each.reportedAt())))
        .addOffsetDateTime(Columns.utc(now));
  }

  private static @Nullable String errors(DeliveryReport report) {
    return report.errors().isEmpty() ? null : report.errors().encode();
  }
}
