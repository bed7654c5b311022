package porteria.roster;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import porteria.audit.AuditActor;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.MessageType;

/**
 * What guardians choose for themselves: by which channels they are told of what, in which language,
 * and whether photos of their own children may be taken.
 */
public final class FamilyRecords {

  private final Database database;
  private final Acts acts;
  private final InstantSource clock;

  FamilyRecords(Database database, Acts acts, InstantSource clock) {
    this.database = database;
    this.acts = acts;
    this.clock = clock;
  }

  /** A guardian's choices as they are kept, and by what the school can reach them. */
  private record Kept(FamilyChoices choices, Set<Channel> reachedBy) {

    /** Without the channels that lead nowhere. */
    FamilyChoices shown() {
      Map<MessageType, Set<Channel>> channels = new EnumMap<>(MessageType.class);
      choices.channels().channels().forEach((type, chosen) -> channels.put(type, reaching(chosen)));
      return new FamilyChoices(new Preferences(channels), choices.photos(), choices.language());
    }

    /** What is chosen, and what was chosen before by channels that lead nowhere yet. */
    Preferences merged(Preferences chosen) {
      Map<MessageType, Set<Channel>> channels = new EnumMap<>(MessageType.class);
      for (MessageType type : MessageType.values()) {
        Set<Channel> all = EnumSet.noneOf(Channel.class);
        all.addAll(choices.channels().channels().getOrDefault(type, Set.of()));
        all.removeAll(reachedBy);
        all.addAll(chosen.channels().getOrDefault(type, Set.of()));
        channels.put(type, all);
      }
      return new Preferences(channels);
    }

    private Set<Channel> reaching(Set<Channel> chosen) {
      return chosen.stream().filter(reachedBy::contains).collect(Collectors.toUnmodifiableSet());
    }
  }

  /** The choices of a guardian; channels by which the school cannot reach them are left out. */
  public Future<FamilyChoices> find(UUID school, UUID guardian) {
    return database
        .inSchool(school, connection -> find(connection, FamilySql.GUARDIAN, school, guardian))
        .map(Kept::shown);
  }

  /**
   * Makes a guardian's choices these; children that are not named keep what was chosen.
   *
   * @return as kept; fails with INVALID_REQUEST when a channel was chosen by which the school
   *     cannot reach the guardian, with NOT_FOUND when a child is not the guardian's
   */
  public Future<FamilyChoices> choose(
      UUID school, UUID guardian, FamilyChoices chosen, AuditActor actor) {
    return change(school, guardian, shown -> chosen, actor);
  }

  /**
   * The same of a part of the choices, whatever the rest is at that moment.
   *
   * @param change makes of what {@link #find} would answer what is chosen
   */
  public Future<FamilyChoices> change(
      UUID school, UUID guardian, UnaryOperator<FamilyChoices> change, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            find(connection, FamilySql.GUARDIAN_TO_CHANGE, school, guardian)
                .compose(
                    before -> {
                      FamilyChoices chosen = change.apply(before.shown());
                      requireOwn(before.choices().photos().keySet(), chosen.photos().keySet());
                      requireReached(before.reachedBy(), chosen.channels());
                      return choose(connection, school, guardian, before, chosen, actor);
                    }));
  }

  private Future<FamilyChoices> choose(
      SqlConnection connection,
      UUID school,
      UUID guardian,
      Kept before,
      FamilyChoices chosen,
      AuditActor actor) {
    Map<UUID, Boolean> photos = new HashMap<>(before.choices().photos());
    photos.putAll(chosen.photos());
    FamilyChoices after =
        new FamilyChoices(before.merged(chosen.channels()), photos, chosen.language());
    JsonObject was = json(before.choices());
    JsonObject is = json(after);
    FamilyChoices shown = new Kept(after, before.reachedBy()).shown();
    if (was.equals(is)) {
      return Future.succeededFuture(shown);
    }
    OffsetDateTime now = now();
    Object given = changed(before.choices().photos(), photos, true);
    Object withdrawn = changed(before.choices().photos(), photos, false);
    return connection
        .preparedQuery(FamilySql.CHOOSE)
        .execute(Tuple.of(school, guardian, after.channels().json(), after.language()))
        .compose(
            done ->
                connection
                    .preparedQuery(FamilySql.WITHDRAW)
                    .execute(Tuple.of(school, guardian, now, withdrawn)))
        .compose(
            done ->
                connection
                    .preparedQuery(FamilySql.CONSENT)
                    .execute(Tuple.of(school, guardian, now, given)))
        .compose(
            done ->
                acts.append(
                    connection, school, actor, "guardian.preferences_changed", guardian, was, is))
        .map(shown);
  }

  private Future<Kept> find(SqlConnection connection, String sql, UUID school, UUID guardian) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school, guardian))
        .compose(rows -> References.one(rows, row -> row))
        .compose(
            row ->
                connection
                    .preparedQuery(FamilySql.CHILDREN)
                    .execute(Tuple.of(school, guardian, now()))
                    .map(
                        children -> {
                          Map<UUID, Boolean> photos = new HashMap<>();
                          children.forEach(
                              child ->
                                  photos.put(
                                      child.getUUID("student_id"), child.getBoolean("photos")));
                          return kept(row, photos);
                        }));
  }

  private static Kept kept(Row guardian, Map<UUID, Boolean> photos) {
    return new Kept(
        new FamilyChoices(
            Preferences.of(guardian.getJsonObject("notification_prefs")),
            photos,
            guardian.getString("language")),
        Arrays.stream(guardian.getArrayOfStrings("reached_by"))
            .map(Channel::valueOf)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static void requireOwn(Set<UUID> own, Set<UUID> named) {
    List<FieldError> errors =
        named.stream()
            .filter(child -> !own.contains(child))
            .map(
                child ->
                    new FieldError("/photo_opt_in/" + child, "allowed is a child of this guardian"))
            .toList();
    if (!errors.isEmpty()) {
      throw new Failure(Failure.Kind.NOT_FOUND, "There is no such child of yours.", errors)
          .asException();
    }
  }

  private static void requireReached(Set<Channel> reachedBy, Preferences chosen) {
    List<FieldError> errors = new ArrayList<>();
    chosen
        .channels()
        .forEach(
            (type, channels) ->
                channels.stream()
                    .filter(channel -> !reachedBy.contains(channel))
                    .sorted()
                    .forEach(channel -> errors.add(unreached(type, channel))));
    if (!errors.isEmpty()) {
      throw new Failure(
              Failure.Kind.INVALID_REQUEST,
              "The school knows no address of yours for a channel that you chose; ask it to add one.",
              errors)
          .asException();
    }
  }

  private static FieldError unreached(MessageType type, Channel channel) {
    String missing =
        switch (channel) {
          case WHATSAPP -> "the school has no phone of yours for WHATSAPP";
          case EMAIL -> "the school has no mailbox of yours for EMAIL";
        };
    return new FieldError("/channels/" + type, missing);
  }

  private static UUID[] changed(
      Map<UUID, Boolean> before, Map<UUID, Boolean> after, boolean consented) {
    return after.entrySet().stream()
        .filter(child -> child.getValue() == consented)
        .map(Map.Entry::getKey)
        .filter(child -> before.getOrDefault(child, false) != consented)
        .toArray(UUID[]::new);
  }

  private static JsonObject json(FamilyChoices choices) {
    JsonObject photos = new JsonObject();
    new TreeMap<>(choices.photos())
        .forEach((child, wanted) -> photos.put(child.toString(), wanted));
    return new JsonObject()
        .put("channels", choices.channels().json())
        .put("photo_opt_in", photos)
        .put("language", choices.language());
  }

  /** As exact as the database keeps it. */
  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
