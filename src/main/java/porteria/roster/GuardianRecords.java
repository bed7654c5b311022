package porteria.roster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.audit.AuditActor;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/** The guardians of a school's pupils. Erased ones are no longer there. */
public final class GuardianRecords {

  private final Vertx vertx;
  private final Database database;
  private final Acts acts;
  private final InstantSource clock;

  GuardianRecords(Vertx vertx, Database database, Acts acts, InstantSource clock) {
    this.vertx = vertx;
    this.database = database;
    this.acts = acts;
    this.clock = clock;
  }

  /** Guardians by name. */
  public Future<Page<Guardian>> list(UUID school, GuardianQuery query, Place place) {
    Tuple parameters =
        Tuple.tuple()
            .addUUID(school)
            .addString(query.text().orElse(null))
            .addUUID(query.studentId().orElse(null))
            .addUUID(place.after().orElse(null))
            .addInteger(place.limit() + 1);
    return database
        .inSchool(
            school, connection -> connection.preparedQuery(GuardianSql.LIST).execute(parameters))
        .map(rows -> Page.of(rows, place.limit(), GuardianRecords::guardian));
  }

  /** One guardian; fails with NOT_FOUND. */
  public Future<Guardian> find(UUID school, UUID id) {
    return database.inSchool(school, connection -> find(connection, GuardianSql.FIND, school, id));
  }

  /** Adds a guardian; fails with INVALID_REQUEST when a contact is none. */
  public Future<Guardian> create(UUID school, GuardianDraft draft, AuditActor actor) {
    return normalised(school, draft.contacts())
        .compose(
            contacts ->
                database.inSchool(
                    school,
                    connection ->
                        insert(connection, school, draft)
                            .compose(id -> settle(connection, school, id, contacts))
                            .compose(
                                made ->
                                    acts.append(
                                            connection,
                                            school,
                                            actor,
                                            "guardian.created",
                                            made.id())
                                        .map(made))));
  }

  /**
   * Makes a guardian what the draft says; contacts that are not in it are gone.
   *
   * @return as kept; fails with NOT_FOUND, or with INVALID_REQUEST when a contact is none
   */
  public Future<Guardian> change(UUID school, UUID id, GuardianDraft draft, AuditActor actor) {
    return normalised(school, draft.contacts())
        .compose(
            contacts ->
                database.inSchool(
                    school,
                    connection ->
                        find(connection, GuardianSql.FIND_TO_CHANGE, school, id)
                            .compose(
                                before ->
                                    change(connection, school, before, draft, contacts, actor))));
  }

  private Future<Guardian> change(
      SqlConnection connection,
      UUID school,
      Guardian before,
      GuardianDraft draft,
      List<Contact> contacts,
      AuditActor actor) {
    Preferences preferences = draft.preferences().orElse(before.preferences());
    List<String> fields = new ArrayList<>();
    if (!before.fullName().equals(draft.fullName())) {
      fields.add("full_name");
    }
    if (!before.language().equals(draft.language())) {
      fields.add("language");
    }
    if (!before.preferences().json().equals(preferences.json())) {
      fields.add("preferences");
    }
    if (!addresses(before).equals(Set.copyOf(contacts))) {
      fields.add("contacts");
    }
    Optional<Instant> inactiveSince = inactiveSince(before, draft);
    if (!before.inactiveSince().equals(inactiveSince)) {
      fields.add("status");
    }
    if (fields.isEmpty()) {
      return Future.succeededFuture(before);
    }
    Tuple changed =
        Tuple.of(school, before.id(), draft.fullName(), draft.language(), preferences.json())
            .addOffsetDateTime(
                inactiveSince.map(since -> since.atOffset(ZoneOffset.UTC)).orElse(null));
    return connection
        .preparedQuery(GuardianSql.CHANGE)
        .execute(changed)
        .compose(done -> settle(connection, school, before.id(), contacts))
        .compose(after -> leave(connection, school, before, inactiveSince).map(after))
        .compose(
            after ->
                acts.append(connection, school, actor, "guardian.changed", after.id(), fields)
                    .map(after));
  }

  /** Who is made inactive is out at once, and does not come back in by becoming active again. */
  private Future<Void> leave(
      SqlConnection connection, UUID school, Guardian before, Optional<Instant> inactiveSince) {
    boolean leaves = before.inactiveSince().isEmpty() && inactiveSince.isPresent();
    return LostContacts.follow(
        connection, school, leaves ? List.of(before.id()) : List.of(), clock.instant());
  }

  private Optional<Instant> inactiveSince(Guardian before, GuardianDraft draft) {
    return draft
        .active()
        .map(
            active ->
                active
                    ? Optional.<Instant>empty()
                    : before
                        .inactiveSince()
                        .or(() -> Optional.of(clock.instant().truncatedTo(ChronoUnit.MICROS))))
        .orElse(before.inactiveSince());
  }

  private static Future<UUID> insert(SqlConnection connection, UUID school, GuardianDraft draft) {
    JsonObject preferences = draft.preferences().orElse(Preferences.ALL).json();
    return connection
        .preparedQuery(GuardianSql.CREATE)
        .execute(Tuple.of(school, draft.fullName(), draft.language(), preferences))
        .map(rows -> rows.iterator().next().getUUID("id"));
  }

  /** A contact that is taken away takes with it what it opened. */
  private Future<Guardian> settle(
      SqlConnection connection, UUID school, UUID id, List<Contact> contacts) {
    String[] channels = contacts.stream().map(each -> each.channel().name()).toArray(String[]::new);
    String[] addresses = contacts.stream().map(Contact::address).toArray(String[]::new);
    Boolean[] verified = contacts.stream().map(Contact::verified).toArray(Boolean[]::new);
    return connection
        .preparedQuery(GuardianSql.DROP_CONTACTS)
        .execute(Tuple.of(school, id, channels, addresses))
        .compose(
            dropped ->
                connection
                    .preparedQuery(GuardianSql.KEEP_CONTACTS)
                    .execute(Tuple.of(school, id, channels, addresses, verified))
                    .map(dropped.rowCount() > 0 ? List.of(id) : List.<UUID>of()))
        .compose(losers -> LostContacts.follow(connection, school, losers, clock.instant()))
        .compose(done -> find(connection, GuardianSql.FIND, school, id));
  }

  /** The contacts in the form they are kept in, by the rules of the school's country. */
  private Future<List<Contact>> normalised(UUID school, List<Contact> contacts) {
    return database
        .inSchool(
            school,
            connection -> connection.preparedQuery(GuardianSql.COUNTRY).execute(Tuple.of(school)))
        .map(rows -> new Addresses(rows.iterator().next().getString("country")))
        .compose(addresses -> vertx.executeBlocking(() -> normalised(addresses, contacts), false));
  }

  private static List<Contact> normalised(Addresses addresses, List<Contact> contacts) {
    List<Contact> kept = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < contacts.size(); i++) {
      Contact contact = contacts.get(i);
      String pointer = "/contacts/" + i + "/address";
      Optional<String> address = addresses.normalise(contact.channel(), contact.address());
      if (address.isEmpty()) {
        errors.add(new FieldError(pointer, Addresses.allowed(contact.channel())));
      } else if (!seen.add(contact.channel() + " " + address.get())) {
        errors.add(new FieldError(pointer, "is given twice"));
      } else {
        kept.add(new Contact(contact.channel(), address.get(), contact.verified()));
      }
    }
    if (!errors.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID_REQUEST, "A contact cannot be used.", errors)
          .asException();
    }
    return kept;
  }

  private static Future<Guardian> find(SqlConnection connection, String sql, UUID school, UUID id) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school, id))
        .compose(rows -> References.one(rows, GuardianRecords::guardian));
  }

  private static Guardian guardian(Row row) {
    JsonArray contacts = row.getJsonArray("contacts");
    return new Guardian(
        row.getUUID("id"),
        row.getString("full_name"),
        row.getString("language"),
        Optional.ofNullable(row.getOffsetDateTime("inactive_since")).map(OffsetDateTime::toInstant),
        Preferences.of(row.getJsonObject("notification_prefs")),
        contacts.stream().map(each -> KeptContact.of((JsonObject) each)).toList(),
        List.of(row.getArrayOfUUIDs("student_ids")));
  }

  private static Set<Contact> addresses(Guardian guardian) {
    return guardian.contacts().stream()
        .map(KeptContact::contact)
        .collect(Collectors.toUnmodifiableSet());
  }
}
