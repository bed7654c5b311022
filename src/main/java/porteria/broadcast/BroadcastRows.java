package porteria.broadcast;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import porteria.bus.BroadcastView;
import porteria.bus.BroadcastView.Progress;
import porteria.domain.BroadcastStatus;
import porteria.domain.BroadcastType;
import porteria.domain.Failure;
import porteria.domain.FailureClass;

/** Reads broadcasts; in a transaction of the web role that names the school. */
final class BroadcastRows {

  /** Over which the rate is taken. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private BroadcastRows() {}

  /** Fails with NOT_FOUND. */
  static Future<BroadcastView> find(SqlConnection connection, UUID school, UUID id) {
    return read(connection, BroadcastSql.ONE, school, id);
  }

  /** The same; nobody else changes it meanwhile. */
  static Future<BroadcastView> lock(SqlConnection connection, UUID school, UUID id) {
    return read(connection, BroadcastSql.LOCKED, school, id);
  }

  private static Future<BroadcastView> read(
      SqlConnection connection, String sql, UUID school, UUID id) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school, id))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Failure.of(Failure.Kind.NOT_FOUND, "There is no such broadcast.")
                    .asException();
              }
              return view(rows.iterator().next());
            });
  }

  /** The phones that WhatsApp is sent to. */
  static Future<List<String>> phones(SqlConnection connection, UUID school, UUID id) {
    return connection
        .preparedQuery(BroadcastSql.PHONES)
        .execute(Tuple.of(school, id))
        .map(
            rows -> {
              List<String> phones = new ArrayList<>(rows.size());
              rows.forEach(row -> phones.add(row.getString("address")));
              return phones;
            });
  }

  /** One more than the page holds, when there are more. */
  static Future<List<BroadcastView>> page(
      SqlConnection connection, UUID school, Optional<UUID> before, int limit) {
    return connection
        .preparedQuery(BroadcastSql.PAGE)
        .execute(Tuple.of(school, before.orElse(null), limit + 1))
        .map(
            rows -> {
              List<BroadcastView> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(view(row)));
              return found;
            });
  }

  private static BroadcastView view(Row row) {
    return new BroadcastView(
        row.getUUID("id"),
        BroadcastType.valueOf(row.getString("type")),
        BroadcastStatus.valueOf(row.getString("status")),
        Optional.ofNullable(row.getUUID("course_id")),
        Optional.ofNullable(row.getString("course")),
        Optional.ofNullable(row.getUUID("exception_id")),
        Optional.ofNullable(row.getUUID("corrects")),
        row.getJsonObject("facts"),
        row.getInteger("recipients"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("expires_at").toInstant(),
        instant(row.getOffsetDateTime("started_at")),
        instant(row.getOffsetDateTime("ended_at")),
        Optional.empty());
  }

  /** How far it has come. */
  static Future<BroadcastView> progress(
      SqlConnection connection, UUID school, BroadcastView one, Instant now) {
    Instant since = now.minus(LATELY);
    return connection
        .query(BroadcastSql.PLAN_FOR_ALL)
        .execute()
        .compose(
            planned ->
                connection
                    .preparedQuery(BroadcastSql.COUNTS)
                    .execute(Tuple.of(school, one.id(), since.atOffset(ZoneOffset.UTC))))
        .compose(
            counts ->
                connection
                    .preparedQuery(BroadcastSql.COUNT_INSTEAD)
                    .execute(Tuple.of(school, one.id()))
                    .map(rows -> rows.iterator().next().getInteger("instead"))
                    .map(instead -> with(one, progress(one, counts, instead, now))));
  }

  private static Progress progress(BroadcastView one, RowSet<Row> rows, int instead, Instant now) {
    Map<String, Integer> counts = new HashMap<>();
    Map<FailureClass, Integer> failures = new EnumMap<>(FailureClass.class);
    int lately = 0;
    for (Row row : rows) {
      String status = row.getString("status");
      counts.merge(status, row.getInteger("count"), Integer::sum);
      lately += row.getInteger("lately");
      if (status.equals("FAILED") && row.getString("failure_class") != null) {
        failures.merge(
            FailureClass.valueOf(row.getString("failure_class")),
            row.getInteger("count"),
            Integer::sum);
      }
    }
    double rate = (double) lately / seconds(one, now);
    int left =
        counts.getOrDefault("WAITING", 0)
            + counts.getOrDefault("QUEUED", 0)
            + counts.getOrDefault("SENDING", 0);
    boolean moving = one.status() == BroadcastStatus.SENDING;
    return new Progress(
        counts,
        failures,
        instead,
        rate,
        moving && rate > 0 ? Optional.of((long) Math.ceil(left / rate)) : Optional.empty());
  }

  /** It may have begun less than the span of the rate ago. */
  private static long seconds(BroadcastView one, Instant now) {
    long running =
        one.startedAt().map(begun -> Duration.between(begun, now).toSeconds()).orElse(1L);
    return Math.clamp(running, 1, LATELY.toSeconds());
  }

  private static BroadcastView with(BroadcastView one, Progress progress) {
    return new BroadcastView(
        one.id(),
        one.type(),
        one.status(),
        one.courseId(),
        one.course(),
        one.exceptionId(),
        one.corrects(),
        one.facts(),
        one.recipients(),
        one.createdAt(),
        one.expiresAt(),
        one.startedAt(),
        one.endedAt(),
        Optional.of(progress));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
