package porteria.broadcast;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import porteria.bus.Addresses;
import porteria.bus.BroadcastPreview;
import porteria.bus.BroadcastPreview.Reason;
import porteria.bus.Bus;
import porteria.bus.MessagePreviews;
import porteria.bus.PreviewBroadcast;
import porteria.bus.RenderMessages;
import porteria.bus.ViewQuota;
import porteria.db.Database;
import porteria.domain.BroadcastType;
import porteria.domain.Channel;
import porteria.domain.Failure;
import porteria.domain.HoursChange;

/** Freezes whom a broadcast would reach and shows what they would read. Sends nothing. */
final class Previews {

  /** A preview that was not sent by then is looked at anew. */
  private static final Duration LIFE = Duration.ofDays(1);

  /** So long after a broadcast was stopped nobody is told the same again by another. */
  static final Duration MEMORY = Duration.ofDays(1);

  /** A school of thousands is frozen in one go. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final Database database;
  private final Bus bus;
  private final InstantSource clock;
  private final Map<Channel, Integer> perSecond;

  /**
   * @param perSecond messages that each channel's account may send
   */
  Previews(Database database, Bus bus, InstantSource clock, Map<Channel, Integer> perSecond) {
    this.database = database;
    this.bus = bus;
    this.clock = clock;
    this.perSecond = Map.copyOf(perSecond);
  }

  /** What is told, and to whom. */
  private record Subject(Optional<UUID> course, BroadcastText text) {}

  /** What was frozen. */
  record Frozen(
      UUID id,
      BroadcastText text,
      Instant expiresAt,
      int recipients,
      Map<Channel, Integer> byChannel,
      Unreachable unreachable,
      Map<String, JsonObject> samples) {

    Frozen with(int addresses) {
      return new Frozen(id, text, expiresAt, addresses, byChannel, unreachable, samples);
    }

    Frozen byChannel(RowSet<Row> rows) {
      Map<Channel, Integer> counts = new EnumMap<>(Channel.class);
      rows.forEach(
          row -> counts.put(Channel.valueOf(row.getString("channel")), row.getInteger("count")));
      return new Frozen(id, text, expiresAt, recipients, counts, unreachable, samples);
    }

    Frozen with(Unreachable others) {
      return new Frozen(id, text, expiresAt, recipients, byChannel, others, samples);
    }

    Frozen with(Map<String, JsonObject> byLanguage) {
      return new Frozen(id, text, expiresAt, recipients, byChannel, unreachable, byLanguage);
    }
  }

  /** With the phones that WhatsApp would be sent to. */
  record Reached(Frozen frozen, List<String> phones) {}

  record Unreachable(Map<Reason, Integer> reasons, int students, int untold) {}

  /**
   * Freezes and renders; fails with INVALID_REQUEST when what is told is not fit, with NOT_FOUND
   * when the course or the exception is not there.
   */
  Future<BroadcastPreview> preview(PreviewBroadcast wanted) {
    Set<Channel> channels = channels(wanted);
    UUID school = wanted.by().schoolId();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database
        .inSchool(
            school,
            PATIENCE,
            connection ->
                connection
                    .query(FreezeSql.PLAN_FOR_ALL)
                    .execute()
                    .compose(planned -> subject(connection, wanted))
                    .compose(subject -> freeze(connection, wanted, channels, subject, now))
                    .compose(
                        frozen ->
                            BroadcastRows.phones(connection, school, frozen.id())
                                .map(phones -> new Reached(frozen, phones))))
        .compose(reached -> render(school, wanted.type(), reached));
  }

  private static Set<Channel> channels(PreviewBroadcast wanted) {
    boolean byWhatsApp = wanted.type().template().byWhatsApp();
    if (!byWhatsApp && wanted.channels().contains(Channel.WHATSAPP)) {
      throw Failure.of(
              Failure.Kind.INVALID_REQUEST,
              "channels: free text goes by EMAIL alone; WhatsApp takes approved templates only.")
          .asException();
    }
    if (!byWhatsApp) {
      return Set.of(Channel.EMAIL);
    }
    return wanted.channels().isEmpty() ? Set.of(Channel.values()) : wanted.channels();
  }

  private Future<Subject> subject(SqlConnection connection, PreviewBroadcast wanted) {
    UUID school = wanted.by().schoolId();
    if (wanted.exceptionId().isPresent()) {
      return connection
          .preparedQuery(FreezeSql.EXCEPTION)
          .execute(Tuple.of(school, wanted.exceptionId().get()))
          .map(Previews::exception);
    }
    Subject written =
        new Subject(wanted.courseId(), BroadcastText.of(wanted.type(), wanted.text()));
    return wanted
        .courseId()
        .map(
            course ->
                connection
                    .preparedQuery(FreezeSql.COURSE)
                    .execute(Tuple.of(school, course))
                    .map(rows -> there(rows, "There is no such course."))
                    .map(written))
        .orElseGet(() -> Future.succeededFuture(written));
  }

  private static Subject exception(RowSet<Row> rows) {
    Row row = there(rows, "There is no such exception.").iterator().next();
    return new Subject(
        Optional.ofNullable(row.getUUID("course_id")),
        BroadcastText.of(
            row.getLocalDate("date"),
            new HoursChange(
                Optional.ofNullable(row.getLocalTime("in_time")),
                Optional.ofNullable(row.getLocalTime("out_time")),
                row.getBoolean("closed")),
            row.getString("reason")));
  }

  private static RowSet<Row> there(RowSet<Row> rows, String otherwise) {
    if (rows.size() == 0) {
      throw Failure.of(Failure.Kind.NOT_FOUND, otherwise).asException();
    }
    return rows;
  }

  private Future<Frozen> freeze(
      SqlConnection connection,
      PreviewBroadcast wanted,
      Set<Channel> channels,
      Subject subject,
      Instant now) {
    UUID school = wanted.by().schoolId();
    return connection
        .preparedQuery(FreezeSql.ZONE)
        .execute(Tuple.of(school))
        .map(
            rows ->
                newsUntil(subject, ZoneId.of(rows.iterator().next().getString("timezone")), now))
        .compose(until -> insert(connection, wanted, subject, now, until))
        .compose(
            made ->
                gather(
                    connection,
                    made,
                    Tuple.of(
                        school,
                        made.id(),
                        subject.course().orElse(null),
                        channels.stream().map(Enum::name).toArray(String[]::new),
                        wanted.type().chosenBy().name(),
                        now.minus(MEMORY).atOffset(ZoneOffset.UTC))));
  }

  private static Optional<Instant> newsUntil(Subject subject, ZoneId zone, Instant now) {
    Optional<LocalDate> day = subject.text().day();
    LocalDate today = LocalDate.ofInstant(now, zone);
    day.filter(past -> past.isBefore(today))
        .ifPresent(
            past -> {
              throw Failure.of(
                      Failure.Kind.INVALID_REQUEST,
                      "date: %s is past; allowed is the school's today, %s, or later."
                          .formatted(past, today))
                  .asException();
            });
    return day.map(date -> date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private Future<Frozen> insert(
      SqlConnection connection,
      PreviewBroadcast wanted,
      Subject subject,
      Instant now,
      Optional<Instant> newsUntil) {
    Instant life = now.plus(LIFE);
    Instant expires = newsUntil.filter(life::isAfter).orElse(life);
    return connection
        .preparedQuery(FreezeSql.INSERT)
        .execute(
            Tuple.tuple()
                .addUUID(wanted.by().schoolId())
                .addString(wanted.type().name())
                .addUUID(subject.course().orElse(null))
                .addUUID(wanted.exceptionId().orElse(null))
                .addValue(subject.text().facts())
                .addUUID(wanted.by().staffId())
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(expires.atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(
                    newsUntil.map(until -> until.atOffset(ZoneOffset.UTC)).orElse(null)))
        .map(
            rows ->
                new Frozen(
                    rows.iterator().next().getUUID("id"),
                    subject.text(),
                    expires,
                    0,
                    Map.of(),
                    new Unreachable(Map.of(), 0, 0),
                    Map.of()));
  }

  private Future<Frozen> gather(SqlConnection connection, Frozen made, Tuple scope) {
    Tuple one = Tuple.of(scope.getUUID(0), made.id());
    return connection
        .preparedQuery(FreezeSql.FREEZE)
        .execute(scope)
        .map(rows -> made.with(rows.iterator().next().getInteger("recipients")))
        .compose(frozen -> byChannel(connection, frozen, one))
        .compose(counted -> missed(connection, counted, scope))
        .compose(missed -> sampled(connection, missed, one));
  }

  static Future<Frozen> byChannel(SqlConnection connection, Frozen frozen, Tuple one) {
    return connection.preparedQuery(FreezeSql.BY_CHANNEL).execute(one).map(frozen::byChannel);
  }

  static Future<Frozen> missed(SqlConnection connection, Frozen frozen, Tuple scope) {
    return connection
        .preparedQuery(FreezeSql.UNREACHABLE)
        .execute(scope)
        .map(rows -> frozen.with(unreachable(rows)));
  }

  static Future<Frozen> sampled(SqlConnection connection, Frozen frozen, Tuple one) {
    return connection
        .preparedQuery(FreezeSql.SAMPLE)
        .execute(one)
        .map(rows -> frozen.with(samples(rows, frozen.text())));
  }

  private static Unreachable unreachable(RowSet<Row> rows) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(
        row -> counts.merge(row.getString("reason"), row.getInteger("count"), Integer::sum));
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      int count = counts.getOrDefault(reason.name(), 0);
      if (count > 0) {
        reasons.put(reason, count);
      }
    }
    return new Unreachable(
        reasons, counts.getOrDefault("STUDENTS", 0), counts.getOrDefault("UNTOLD", 0));
  }

  private static Map<String, JsonObject> samples(RowSet<Row> rows, BroadcastText text) {
    Map<String, JsonObject> samples = new HashMap<>();
    rows.forEach(
        row ->
            samples.put(
                row.getString("language"),
                text.facts()
                    .copy()
                    .put("school", row.getString("school"))
                    .put("children", row.getJsonArray("children"))));
    return samples;
  }

  /** What the families that were frozen read. */
  Future<MessagePreviews> sample(UUID school, BroadcastType type, Frozen frozen) {
    return frozen.samples().isEmpty()
        ? Future.succeededFuture(new MessagePreviews(List.of()))
        : bus.request(
            Addresses.NOTIFICATION_RENDER,
            new RenderMessages(school, type.template(), frozen.samples()));
  }

  /** What was frozen, as staff see it. */
  Future<BroadcastPreview> render(UUID school, BroadcastType type, Reached reached) {
    Frozen frozen = reached.frozen();
    return sample(school, type, frozen)
        .compose(
            sample ->
                bus.request(Addresses.SENDING_QUOTA, new ViewQuota(reached.phones()))
                    .map(quota -> shown(frozen, sample, quota)));
  }

  private BroadcastPreview shown(
      Frozen frozen, MessagePreviews sample, BroadcastPreview.Quota quota) {
    return new BroadcastPreview(
        frozen.id(),
        frozen.recipients(),
        frozen.byChannel(),
        frozen.unreachable().reasons(),
        frozen.unreachable().students(),
        frozen.unreachable().untold(),
        sample.items(),
        quota,
        seconds(frozen.byChannel()),
        frozen.expiresAt());
  }

  /** The channels send side by side. */
  private long seconds(Map<Channel, Integer> byChannel) {
    return byChannel.entrySet().stream()
        .mapToLong(
            each ->
                Math.ceilDiv(
                    each.getValue().longValue(),
                    Objects.requireNonNull(perSecond.get(each.getKey()))))
        .max()
        .orElse(0);
  }
}
