package porteria.broadcast;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import porteria.broadcast.Previews.Frozen;
import porteria.broadcast.Previews.Reached;
import porteria.broadcast.Previews.Unreachable;
import porteria.bus.BroadcastPreview;
import porteria.bus.BroadcastView;
import porteria.bus.MessagePreviews;
import porteria.bus.ViewBroadcast;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.outbox.Broadcasts;

/** Shows again what was frozen when a broadcast was previewed. Freezes and sends nothing. */
final class LaterLooks {

  private final Database database;
  private final Previews previews;

  LaterLooks(Database database, Previews previews) {
    this.database = database;
    this.previews = previews;
  }

  /** What was frozen, and of what. */
  private record Known(BroadcastView broadcast, Frozen frozen) {}

  private record Whole(BroadcastView broadcast, Reached reached) {}

  /**
   * The preview; fails with NOT_FOUND. Who gets none, and why, is as of now; of a correction, which
   * goes to those who read its mistake, it is nobody.
   */
  Future<BroadcastPreview> preview(ViewBroadcast query) {
    UUID school = query.schoolId();
    return database
        .inSchool(
            school,
            Broadcasts.PATIENCE,
            connection ->
                connection
                    .query(FreezeSql.PLAN_FOR_ALL)
                    .execute()
                    .compose(planned -> known(connection, query))
                    .compose(known -> whole(connection, query, known)))
        .compose(whole -> previews.render(school, whole.broadcast().type(), whole.reached()));
  }

  private static Future<Whole> whole(SqlConnection connection, ViewBroadcast query, Known known) {
    UUID school = query.schoolId();
    return Previews.byChannel(connection, known.frozen(), one(query))
        .compose(counted -> missed(connection, school, known, counted))
        .compose(missed -> Previews.sampled(connection, missed, one(query)))
        .compose(
            frozen ->
                BroadcastRows.phones(connection, school, query.id())
                    .map(phones -> new Whole(known.broadcast(), new Reached(frozen, phones))));
  }

  /** What is read; fails with NOT_FOUND, is empty when its addresses were forgotten. */
  Future<MessagePreviews> sample(ViewBroadcast query) {
    UUID school = query.schoolId();
    return database
        .inSchool(
            school,
            connection ->
                known(connection, query)
                    .compose(
                        known ->
                            Previews.sampled(connection, known.frozen(), one(query))
                                .map(whole -> new Known(known.broadcast(), whole))))
        .compose(known -> previews.sample(school, known.broadcast().type(), known.frozen()));
  }

  private static Future<Known> known(SqlConnection connection, ViewBroadcast query) {
    return BroadcastRows.find(connection, query.schoolId(), query.id())
        .map(found -> new Known(found, frozen(found)));
  }

  private static Frozen frozen(BroadcastView one) {
    return new Frozen(
        one.id(),
        new BroadcastText(
            one.facts(), Optional.ofNullable(one.facts().getString("day")).map(LocalDate::parse)),
        one.expiresAt(),
        one.recipients(),
        Map.of(),
        new Unreachable(Map.of(), 0, 0),
        Map.of());
  }

  private static Future<Frozen> missed(
      SqlConnection connection, UUID school, Known known, Frozen counted) {
    BroadcastView one = known.broadcast();
    if (one.corrects().isPresent()) {
      return Future.succeededFuture(counted);
    }
    return Previews.missed(
        connection,
        counted,
        Tuple.of(
            school,
            one.id(),
            one.courseId().orElse(null),
            channels(one, counted).stream().map(Enum::name).toArray(String[]::new),
            one.type().chosenBy().name(),
            one.createdAt().minus(Previews.MEMORY).atOffset(ZoneOffset.UTC)));
  }

  /** By which it was to go: when mails alone were frozen, by mail. */
  private static Set<Channel> channels(BroadcastView one, Frozen counted) {
    boolean mailAlone = counted.byChannel().keySet().equals(Set.of(Channel.EMAIL));
    return mailAlone || !one.type().template().byWhatsApp()
        ? Set.of(Channel.EMAIL)
        : Set.copyOf(List.of(Channel.values()));
  }

  private static Tuple one(ViewBroadcast query) {
    return Tuple.of(query.schoolId(), query.id());
  }
}
