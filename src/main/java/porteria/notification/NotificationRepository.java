package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import porteria.db.Columns;
import porteria.domain.Cause;
import porteria.domain.Channel;
import porteria.domain.MessageTemplate;
import porteria.domain.PauseScope;

/** The rows of sending; each method is one statement, as the worker role. */
final class NotificationRepository {

  /**
   * What an announcement may be expanded to.
   *
   * @param corrected name of the cause whose messages it corrects; null for news
   */
  private record Kind(Cause cause, @Nullable String corrected) {

    private static Stream<Kind> of(Cause cause) {
      return cause.isCorrection()
          ? Stream.empty()
          : Stream.concat(
              Stream.of(new Kind(cause, null)),
              cause.correction().stream().map(correction -> new Kind(correction, cause.name())));
    }
  }

  private static final List<Kind> KINDS = Arrays.stream(Cause.values()).flatMap(Kind::of).toList();

  private final Statements expanding;
  private final Statements sending;
  private final Statements recording;
  private final Duration staleAfter;
  private final MessageFacts facts;

  /**
   * @param expanding for the long statement, so that the short ones need not wait for it
   * @param recording for outcomes, which are not to wait for claims, nor claims for them
   * @param staleAfter an entry or exit older than this is no longer news
   * @param facts reads what a message tells
   */
  NotificationRepository(
      Statements expanding,
      Statements sending,
      Statements recording,
      Duration staleAfter,
      MessageFacts facts) {
    this.facts = facts;
    this.expanding = expanding;
    this.sending = sending;
    this.recording = recording;
    this.staleAfter = staleAfter;
  }

  /**
   * What was owed and is queued now.
   *
   * @param taken announcements
   * @param channels by which they go
   */
  record Expanded(int taken, Set<Channel> channels) {}

  /** Turns announcements, the oldest first, at most {@code limit}, into queued notifications. */
  Future<Expanded> expand(Instant now, int limit) {
    return expanding
        .run(
            NotificationSql.EXPAND,
            Tuple.of(
                    Columns.utc(now),
                    limit,
                    Columns.strings(KINDS, kind -> kind.cause().name()),
                    Columns.strings(KINDS, Kind::corrected),
                    Columns.strings(KINDS, kind -> kind.cause().type().name()),
                    Columns.strings(KINDS, kind -> MessageTemplate.of(kind.cause()).code()))
                .addOffsetDateTime(Columns.utc(staleBefore(now))))
        .map(rows -> expanded(rows.iterator().next()));
  }

  private static Expanded expanded(Row row) {
    return new Expanded(
        row.getInteger("taken"),
        Stream.of(row.getArrayOfStrings("channels"))
            .map(Channel::valueOf)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Claims what is due, and what nobody explained in time.
   *
   * @param lane claims of no later one
   * @param until when the claim expires
   */
  Future<List<ClaimedMessage>> claim(
      Channel channel, int lane, Instant now, Instant until, int limit) {
    return sending
        .run(
            SendingSql.CLAIM,
            Tuple.of(
                Columns.utc(now),
                limit,
                Columns.utc(until),
                Columns.utc(staleBefore(now)),
                channel.name(),
                (short) lane))
        .map(rows -> all(rows, this::message));
  }

  /**
   * Writes outcomes, save those of messages that were claimed again.
   *
   * @return how many of them belong to an annulled cause
   */
  Future<Integer> record(List<Settlement> settled) {
    return recording
        .run(
            SendingSql.RECORD,
            Tuple.of(
                    Columns.of(settled, UUID[]::new, each -> each.message().schoolId()),
                    Columns.of(settled, UUID[]::new, each -> each.message().id()),
                    Columns.of(settled, Integer[]::new, each -> each.message().attempt()),
                    Columns.strings(settled, each -> each.status().name()),
                    Columns.of(settled, OffsetDateTime[]::new, each -> utc(each.dueAt())),
                    Columns.of(settled, OffsetDateTime[]::new, each -> utc(each.sentAt())))
                .addArrayOfString(Columns.strings(settled, Settlement::providerMessageId))
                .addArrayOfString(Columns.strings(settled, Settlement::error))
                .addArrayOfString(Columns.strings(settled, each -> name(each.failureClass()))))
        .map(
            rows ->
                (int) all(rows, row -> row.getBoolean("recalled")).stream().filter(r -> r).count());
  }

  /** Stores that something may not be used; what is stored already stays. */
  Future<Void> pause(SendingPauses.Pause pause, SendOutcome.Failed why, Instant now) {
    return sending
        .run(
            SendingSql.PAUSE,
            Tuple.of(
                pause.channel().name(),
                pause.scope().name(),
                pause.subject(),
                Settling.printable(why.code()),
                Settling.printable(why.detail()),
                Columns.utc(now)))
        .mapEmpty();
  }

  Future<Set<SendingPauses.Pause>> pauses() {
    return sending
        .run(SendingSql.PAUSES, Tuple.tuple())
        .map(rows -> Set.copyOf(all(rows, NotificationRepository::pause)));
  }

  private static SendingPauses.Pause pause(Row row) {
    return new SendingPauses.Pause(
        Channel.valueOf(row.getString("channel")),
        PauseScope.valueOf(row.getString("scope")),
        row.getString("subject"));
  }

  /** What happened or waits since before it is no longer news. */
  private Instant staleBefore(Instant now) {
    return now.minus(staleAfter);
  }

  private ClaimedMessage message(Row row) {
    return new ClaimedMessage(
        row.getUUID("school_id"),
        row.getUUID("id"),
        row.getInteger("attempt"),
        Channel.valueOf(row.getString("channel")),
        row.getString("address"),
        row.getString("template"),
        row.getString("language"),
        facts.of(
            row.getString("template"),
            row.getString("language"),
            row.getJsonObject("payload"),
            row.getUUID("cause_id")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("give_up_at").toInstant(),
        row.getInteger("lane"),
        row.getBoolean("wanted"));
  }

  private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reading) {
    List<T> read = new ArrayList<>(rows.size());
    rows.forEach(row -> read.add(reading.apply(row)));
    return read;
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return Columns.utc(Optional.ofNullable(instant));
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }
}
