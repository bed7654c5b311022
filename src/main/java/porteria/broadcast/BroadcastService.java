package porteria.broadcast;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.Addresses;
import porteria.bus.BroadcastPage;
import porteria.bus.BroadcastPreview;
import porteria.bus.BroadcastStarted;
import porteria.bus.BroadcastStopped;
import porteria.bus.BroadcastView;
import porteria.bus.Bus;
import porteria.bus.ByStaff;
import porteria.bus.ChangeBroadcast;
import porteria.bus.FindBroadcasts;
import porteria.bus.RetriedNotifications;
import porteria.bus.RetryNotifications;
import porteria.bus.SendBroadcast;
import porteria.bus.ViewBroadcast;
import porteria.bus.ViewQuota;
import porteria.db.Database;
import porteria.domain.BroadcastStatus;
import porteria.domain.Failure;
import porteria.outbox.Broadcasts;

/** What staff do with broadcasts that were previewed. */
final class BroadcastService {

  private static final Logger LOG = LoggerFactory.getLogger(BroadcastService.class);

  private final Database database;
  private final Acts acts;
  private final Bus bus;
  private final InstantSource clock;
  private final BroadcastMeters meters;
  private final Runnable wake;

  /**
   * @param wake told when there is something to expand
   */
  BroadcastService(
      Database database,
      Acts acts,
      Bus bus,
      InstantSource clock,
      BroadcastMeters meters,
      Runnable wake) {
    this.database = database;
    this.acts = acts;
    this.bus = bus;
    this.clock = clock;
    this.meters = meters;
    this.wake = wake;
  }

  /**
   * Begins to send; asked again it answers the same. Fails with CONFLICT when it goes to others
   * than expected, was stopped, or its preview expired; and when WhatsApp may not be sent to so
   * many people now, unless that is accepted. While that is not known it is sent, and said.
   */
  Future<BroadcastStarted> send(SendBroadcast command) {
    UUID school = command.by().schoolId();
    Instant now = now();
    return phones(command)
        .compose(this::requireRoom)
        .compose(
            known ->
                database.inSchool(
                    school,
                    connection ->
                        holdException(connection, school, command.id())
                            .compose(held -> BroadcastRows.lock(connection, school, command.id()))
                            .compose(one -> send(connection, command, one, known, now))))
        .onSuccess(started -> wake.run());
  }

  /** Before the broadcast, in the order of whoever withdraws the exception. */
  private static Future<Void> holdException(SqlConnection connection, UUID school, UUID id) {
    return BroadcastRows.find(connection, school, id)
        .compose(
            one ->
                one.exceptionId()
                    .map(
                        exception ->
                            connection
                                .preparedQuery(BroadcastSql.HOLD_EXCEPTION)
                                .execute(Tuple.of(school, exception))
                                .<Void>mapEmpty())
                    .orElseGet(Future::succeededFuture));
  }

  /**
   * Those that there must be room for; none when it is not to begin, which is judged afterwards.
   */
  private Future<List<String>> phones(SendBroadcast command) {
    if (command.acceptDelay()) {
      return Future.succeededFuture(List.of());
    }
    UUID school = command.by().schoolId();
    return database.inSchool(
        school,
        connection ->
            BroadcastRows.find(connection, school, command.id())
                .compose(
                    one ->
                        one.status() == BroadcastStatus.PREVIEW
                                && one.recipients() == command.expectedRecipients()
                            ? BroadcastRows.phones(connection, school, one.id())
                            : Future.succeededFuture(List.of())));
  }

  /**
   * Fails with CONFLICT when there is none. Says whether that is known: where it is not, the
   * provider judges, as it does of all that is sent meanwhile.
   */
  private Future<Boolean> requireRoom(List<String> phones) {
    if (phones.isEmpty()) {
      return Future.succeededFuture(true);
    }
    return bus.request(Addresses.SENDING_QUOTA, new ViewQuota(phones))
        .onFailure(error -> LOG.warn("the day's quota is not known: {}", error.toString()))
        .map(Optional::of)
        .otherwise(Optional.empty())
        .compose(BroadcastService::requireEnough);
  }

  private static Future<Boolean> requireEnough(Optional<BroadcastPreview.Quota> quota) {
    Optional<Boolean> enough = quota.flatMap(BroadcastPreview.Quota::enough);
    if (enough.orElse(true)) {
      return Future.succeededFuture(enough.isPresent());
    }
    BroadcastPreview.Quota known = quota.orElseThrow();
    return conflict(
        "WhatsApp may be sent to %d more people now, beside those kept for alerts and for broadcasts under way, and it goes to %d; the others would wait for tomorrow's or get a mail. Send it with accept_delay, or preview it by EMAIL alone."
            .formatted(known.remainingForBroadcasts().orElse(0), known.needed().orElse(0)));
  }

  private Future<BroadcastStarted> send(
      SqlConnection connection,
      SendBroadcast command,
      BroadcastView one,
      boolean quotaKnown,
      Instant now) {
    if (one.recipients() != command.expectedRecipients()) {
      return conflict(
          "It goes to %d recipients, not to the expected %d; look at the preview again."
              .formatted(one.recipients(), command.expectedRecipients()));
    }
    if (one.startedAt().isPresent() && one.status() != BroadcastStatus.CANCELLED) {
      return Future.succeededFuture(
          new BroadcastStarted(one.id(), one.recipients(), one.startedAt().get(), true));
    }
    if (one.startedAt().isEmpty() && !now.isBefore(one.expiresAt())) {
      return conflict("Its preview expired at %s; preview it again.".formatted(one.expiresAt()));
    }
    if (one.status() == BroadcastStatus.CANCELLED) {
      return conflict(
          "It was cancelled, by staff or because its exception to the hours was withdrawn.");
    }
    if (one.recipients() == 0) {
      return conflict("It reaches nobody.");
    }
    return requireNews(connection, command.by().schoolId(), one)
        .compose(
            news ->
                connection
                    .preparedQuery(BroadcastSql.START)
                    .execute(
                        Tuple.of(
                            command.by().schoolId(),
                            one.id(),
                            command.by().staffId(),
                            now.atOffset(ZoneOffset.UTC))))
        .compose(
            begun ->
                acts.note(
                    connection,
                    command.by(),
                    "sent",
                    Acts.said(one).put("recipients", one.recipients()),
                    one.id()))
        .map(new BroadcastStarted(one.id(), one.recipients(), now, quotaKnown));
  }

  /**
   * Families are told of an exception once, while it stands; what failed is sent again, not all of
   * it.
   */
  private static Future<Void> requireNews(
      SqlConnection connection, UUID school, BroadcastView one) {
    if (one.exceptionId().isEmpty() || one.corrects().isPresent()) {
      return Future.succeededFuture();
    }
    return connection
        .preparedQuery(BroadcastSql.EXCEPTION)
        .execute(Tuple.of(school, one.id(), one.exceptionId().get()))
        .map(rows -> rows.iterator().next())
        .compose(
            exception -> {
              if (!exception.getBoolean("stands")) {
                return conflict("The exception to the hours that it tells was withdrawn.");
              }
              return exception.getBoolean("told")
                  ? conflict("Another broadcast tells of this exception already.")
                  : Future.succeededFuture();
            });
  }

  /**
   * Stops it, or, once all of it was sent, what of it is sent again; asked again it answers the
   * same. Fails with CONFLICT when all of it was sent, and nothing of it is sent again.
   */
  Future<BroadcastStopped> cancel(ChangeBroadcast command) {
    UUID school = command.by().schoolId();
    Instant now = now();
    return database
        .inSchool(
            school,
            Broadcasts.PATIENCE,
            connection ->
                BroadcastRows.find(connection, school, command.id())
                    .compose(one -> cancel(connection, command.by(), one, now)))
        // What was being sent again has ended.
        .onSuccess(stopped -> wake.run());
  }

  private Future<BroadcastStopped> cancel(
      SqlConnection connection, ByStaff by, BroadcastView one, Instant now) {
    UUID school = by.schoolId();
    return connection
        .preparedQuery(BroadcastSql.AGAIN)
        .execute(Tuple.of(school, one.id()))
        .map(rows -> rows.iterator().next())
        .compose(
            is ->
                is.getBoolean("sent")
                    ? stopAgain(connection, by, one, is)
                    : stop(connection, by, one, now));
  }

  private Future<BroadcastStopped> stop(
      SqlConnection connection, ByStaff by, BroadcastView one, Instant now) {
    return Broadcasts.stop(connection, by.schoolId(), one.id(), now)
        .map(told -> new BroadcastStopped(one.id(), told, Optional.empty()))
        .compose(
            stopped ->
                one.status() == BroadcastStatus.CANCELLED
                    ? Future.succeededFuture(stopped)
                    : note(connection, by, one, stopped));
  }

  /** What was told stays told: it ends as sent once more. */
  private Future<BroadcastStopped> stopAgain(
      SqlConnection connection, ByStaff by, BroadcastView one, Row is) {
    boolean moves = is.getBoolean("moves");
    if (!moves && !is.getBoolean("stopped")) {
      return conflict("All of it was sent.");
    }
    return Broadcasts.stopAgain(connection, by.schoolId(), one.id())
        .map(told -> new BroadcastStopped(one.id(), told, Optional.empty()))
        .compose(
            stopped ->
                moves ? note(connection, by, one, stopped) : Future.succeededFuture(stopped));
  }

  private Future<BroadcastStopped> note(
      SqlConnection connection, ByStaff by, BroadcastView one, BroadcastStopped stopped) {
    return acts.note(
            connection,
            by,
            "cancelled",
            Acts.said(one).put("recipients", one.recipients()).put("told", stopped.told()),
            one.id())
        .map(stopped);
  }

  /** Queues again what failed and may be sent; fails with CONFLICT unless it was sent. */
  Future<RetriedNotifications> retry(ChangeBroadcast command) {
    UUID school = command.by().schoolId();
    return database
        .inSchool(
            school,
            connection ->
                BroadcastRows.lock(connection, school, command.id())
                    .compose(BroadcastService::requireSent))
        .compose(
            sent ->
                bus.request(
                    Addresses.NOTIFICATION_RETRY,
                    RetryNotifications.of(command.by(), command.id())))
        .compose(done -> reopen(school, command.id()).map(done))
        .onSuccess(done -> meters.act("retried"));
  }

  /** The next round ends it again, unless messages are on their way. */
  private Future<Void> reopen(UUID school, UUID id) {
    return database.inSchool(
        school,
        connection ->
            connection.preparedQuery(BroadcastSql.REOPEN).execute(Tuple.of(school, id)).mapEmpty());
  }

  private static Future<BroadcastView> requireSent(BroadcastView one) {
    return switch (one.status()) {
      case SENDING, SENT -> Future.succeededFuture(one);
      case PREVIEW -> conflict("It was not sent yet.");
      case CANCELLED -> conflict("It was cancelled.");
    };
  }

  /** One and how far it has come; fails with NOT_FOUND. */
  Future<BroadcastView> view(ViewBroadcast query) {
    return database.readSchool(
        query.schoolId(),
        connection ->
            BroadcastRows.find(connection, query.schoolId(), query.id())
                .compose(
                    one ->
                        BroadcastRows.progress(
                            connection, query.schoolId(), one, clock.instant())));
  }

  /** A page, newest first. */
  Future<BroadcastPage> find(FindBroadcasts query) {
    return database
        .inSchool(
            query.schoolId(),
            connection ->
                BroadcastRows.page(connection, query.schoolId(), query.before(), query.limit()))
        .map(found -> page(found, query.limit()));
  }

  private static BroadcastPage page(List<BroadcastView> found, int limit) {
    if (found.size() <= limit) {
      return new BroadcastPage(found, Optional.empty());
    }
    List<BroadcastView> items = found.subList(0, limit);
    return new BroadcastPage(items, Optional.of(items.getLast().id()));
  }

  /** As exact as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static <T> Future<T> conflict(String detail) {
    return Future.failedFuture(Failure.of(Failure.Kind.CONFLICT, detail).asException());
  }
}
