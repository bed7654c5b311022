package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import porteria.bus.SendingView;
import porteria.bus.ViewSending;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.NotificationStatus;
import porteria.domain.PauseScope;

/** Shows staff how sending stands: their school's messages, and the pauses that all share. */
final class SendingState {

  private static final String ZONE = "SELECT timezone FROM school WHERE id = $1";

  private static final String WAITING =
      """
      SELECT channel, lane, count(*)::int AS count, min(due_at) AS oldest
      FROM notification
      WHERE school_id = $1 AND status = 'QUEUED'
      GROUP BY channel, lane
      """;

  private static final String PARKED =
      """
      SELECT channel, count(*)::int AS count
      FROM notification
      WHERE school_id = $1 AND status = 'PARKED'
      GROUP BY channel
      """;

  private static final String TODAY =
      """
      SELECT channel, status, count(*)::int AS count
      FROM notification
      WHERE school_id = $1 AND created_at >= $2
      GROUP BY channel, status
      """;

  /** Alerts alone: a broadcast waits its turn for good reasons. */
  private static final String DELAY =
      """
      SELECT count(*)::int AS count,
        extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY sent_at - created_at))::float8
          AS p50,
        extract(epoch FROM percentile_disc(0.99) WITHIN GROUP (ORDER BY sent_at - created_at))::float8
          AS p99
      FROM notification
      WHERE school_id = $1 AND created_at >= $2 AND sent_at IS NOT NULL AND lane < 2
      """;

  private static final int DELAY_MINUTES = 15;

  private static final double MILLIS = 1_000;

  private static final String PAUSES =
      "SELECT channel, scope, subject, code, since FROM sending_pause ORDER BY since, subject";

  private final Database database;
  private final InstantSource clock;

  SendingState(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Future<SendingView> view(ViewSending query) {
    Gathering gathering = new Gathering();
    return database
        .workerQuery(PAUSES, Tuple.tuple())
        .onSuccess(rows -> rows.forEach(gathering::pause))
        .compose(
            pauses ->
                database.readSchool(
                    query.schoolId(), connection -> count(connection, query.schoolId(), gathering)))
        .map(all -> gathering.view());
  }

  private Future<RowSet<Row>> count(SqlConnection connection, UUID school, Gathering gathering) {
    return connection
        .preparedQuery(ZONE)
        .execute(Tuple.of(school))
        .map(rows -> startOfDay(rows.iterator().next().getString("timezone")))
        .compose(start -> connection.preparedQuery(TODAY).execute(Tuple.of(school, start)))
        .onSuccess(rows -> rows.forEach(gathering::today))
        .compose(counted -> connection.preparedQuery(WAITING).execute(Tuple.of(school)))
        .onSuccess(rows -> rows.forEach(gathering::waiting))
        .compose(counted -> connection.preparedQuery(PARKED).execute(Tuple.of(school)))
        .onSuccess(rows -> rows.forEach(gathering::parked))
        .compose(counted -> connection.preparedQuery(DELAY).execute(Tuple.of(school, recently())))
        .onSuccess(rows -> rows.forEach(gathering::delay));
  }

  private OffsetDateTime recently() {
    return clock.instant().minus(Duration.ofMinutes(DELAY_MINUTES)).atOffset(ZoneOffset.UTC);
  }

  private OffsetDateTime startOfDay(String zone) {
    ZoneId there = ZoneId.of(zone);
    return LocalDate.ofInstant(clock.instant(), there).atStartOfDay(there).toOffsetDateTime();
  }

  /** What the statements found, by channel. */
  private static final class Gathering {

    private final Map<Channel, Map<Integer, Integer>> queued = new EnumMap<>(Channel.class);
    private final Map<Channel, Instant> oldest = new EnumMap<>(Channel.class);
    private final Map<Channel, Integer> parked = new EnumMap<>(Channel.class);
    private final Map<Channel, List<SendingView.Pause>> pauses = new EnumMap<>(Channel.class);
    private final Map<Channel, Map<NotificationStatus, Integer>> today =
        new EnumMap<>(Channel.class);

    private Optional<SendingView.Delay> delay = Optional.empty();

    private Gathering() {
      for (Channel channel : Channel.values()) {
        queued.put(channel, new TreeMap<>());
        pauses.put(channel, new ArrayList<>());
        today.put(channel, new EnumMap<>(NotificationStatus.class));
      }
    }

    void today(Row row) {
      of(today, row)
          .put(NotificationStatus.valueOf(row.getString("status")), row.getInteger("count"));
    }

    void waiting(Row row) {
      of(queued, row).put(row.getInteger("lane"), row.getInteger("count"));
      oldest.merge(
          channel(row),
          row.getOffsetDateTime("oldest").toInstant(),
          (one, other) -> one.isBefore(other) ? one : other);
    }

    void parked(Row row) {
      parked.put(channel(row), row.getInteger("count"));
    }

    void delay(Row row) {
      if (row.getInteger("count") > 0) {
        delay =
            Optional.of(
                new SendingView.Delay(
                    DELAY_MINUTES,
                    row.getInteger("count"),
                    Duration.ofMillis(Math.round(MILLIS * row.getDouble("p50"))),
                    Duration.ofMillis(Math.round(MILLIS * row.getDouble("p99")))));
      }
    }

    void pause(Row row) {
      of(pauses, row)
          .add(
              new SendingView.Pause(
                  PauseScope.valueOf(row.getString("scope")),
                  row.getString("subject"),
                  row.getString("code"),
                  row.getOffsetDateTime("since").toInstant()));
    }

    SendingView view() {
      return new SendingView(
          Arrays.stream(Channel.values())
              .map(
                  channel ->
                      new SendingView.ChannelState(
                          channel,
                          queued.getOrDefault(channel, Map.of()),
                          Optional.ofNullable(oldest.get(channel)),
                          parked.getOrDefault(channel, 0),
                          pauses.getOrDefault(channel, List.of()),
                          today.getOrDefault(channel, Map.of())))
              .toList(),
          delay);
    }

    private static Channel channel(Row row) {
      return Channel.valueOf(row.getString("channel"));
    }

    private static <T> T of(Map<Channel, T> map, Row row) {
      return Objects.requireNonNull(map.get(channel(row)));
    }
  }
}
