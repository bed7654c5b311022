package porteria.school;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.RosterChanged;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/** What a school says of itself. */
public final class SchoolRecords {

  private static final String FIND =
      """
      SELECT slug, name, country, phone, timezone, language, color, photos_allowed,
        grace_minutes, repeat_seconds, retention_days
      FROM school WHERE id = $1
      """;

  /** All that is written for the school refers to it, and goes on meanwhile. */
  private static final String FIND_TO_CHANGE = FIND + "FOR NO KEY UPDATE";

  private static final String CHANGE =
      """
      UPDATE school SET name = $2, country = $3, phone = $4, timezone = $5, language = $6,
        color = $7, grace_minutes = $8, repeat_seconds = $9, retention_days = $10
      WHERE id = $1
      """;

  /** The database must know it too: its statements say which day it is. */
  private static final String KNOWS_ZONE =
      "SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = $1) AS known";

  private static final int LONGEST_GRACE = 240;
  private static final int LONGEST_REPEAT = 3_600;

  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private final Database database;
  private final AuditTrail audit;
  private final Bus bus;
  private final UsualTerms usual;

  /**
   * The records of schools.
   *
   * @param usual holds where a school has no terms of its own
   */
  public SchoolRecords(Database database, AuditTrail audit, Bus bus, UsualTerms usual) {
    this.database = database;
    this.audit = audit;
    this.bus = bus;
    this.usual = usual;
  }

  /** The school of a session. */
  public Future<School> find(UUID school) {
    return database.inSchool(school, connection -> find(connection, FIND, school));
  }

  /**
   * Makes a school what the settings say. Kiosks and pages go by another time zone within seconds;
   * days that were counted before are counted by it too. Another grace holds for checks that have
   * not run; those whose time is past by it run at once.
   *
   * @param wish what the settings are to be, of those that are kept
   * @return as kept; fails with INVALID_REQUEST where a setting cannot be so
   */
  public Future<School> change(UUID school, UnaryOperator<SchoolSettings> wish, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            find(connection, FIND_TO_CHANGE, school)
                .compose(
                    before -> {
                      SchoolSettings settings = wish.apply(before.settings());
                      requirePossible(settings);
                      return change(connection, school, before, settings, actor);
                    }));
  }

  private Future<School> change(
      SqlConnection connection,
      UUID school,
      School before,
      SchoolSettings settings,
      AuditActor actor) {
    JsonObject was = new JsonObject();
    JsonObject is = new JsonObject();
    settings
        .json()
        .forEach(
            field -> {
              Object old = before.settings().json().getValue(field.getKey());
              if (!Objects.equals(old, field.getValue())) {
                was.put(field.getKey(), old);
                is.put(field.getKey(), field.getValue());
              }
            });
    if (is.isEmpty()) {
      return Future.succeededFuture(before);
    }
    AuditEntry act =
        new AuditEntry(
            school,
            actor,
            "school.changed",
            "school",
            school.toString(),
            Optional.of(was),
            Optional.of(is));
    Tuple row =
        Tuple.of(
                school,
                settings.name(),
                settings.country(),
                settings.phone().orElse(null),
                settings.timezone(),
                settings.language())
            .addString(settings.color())
            .addInteger(settings.terms().graceMinutes().orElse(null))
            .addInteger(settings.terms().repeatSeconds().orElse(null))
            .addInteger(settings.terms().retentionDays().orElse(null));
    return requireKnown(connection, settings.timezone())
        .compose(known -> connection.preparedQuery(CHANGE).execute(row))
        .compose(done -> audit.append(connection, act))
        .map(new School(before.slug(), settings, before.photosAllowed(), usual))
        .onSuccess(after -> tellOnceCommitted(connection, school));
  }

  /** Its time zone says when its courses begin, its grace when their missing are looked for. */
  private void tellOnceCommitted(SqlConnection connection, UUID school) {
    connection
        .transaction()
        .completion()
        .onSuccess(
            committed ->
                bus.publish(Addresses.ROSTER_CHANGED, new RosterChanged(school, Set.of())));
  }

  private static Future<Void> requireKnown(SqlConnection connection, String zone) {
    return connection
        .preparedQuery(KNOWS_ZONE)
        .execute(Tuple.of(zone))
        .compose(
            rows ->
                rows.iterator().next().getBoolean("known")
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        refused(List.of(new FieldError("/timezone", TimeZones.ALLOWED)))));
  }

  private void requirePossible(SchoolSettings settings) {
    List<FieldError> errors = new ArrayList<>();
    if (!TimeZones.isOne(settings.timezone())) {
      errors.add(new FieldError("/timezone", TimeZones.ALLOWED));
    }
    if (!COUNTRIES.contains(settings.country())) {
      errors.add(new FieldError("/country", "allowed is a code of ISO 3166-1, such as CL"));
    }
    if (SchoolColor.read(settings.color()).filter(SchoolColor::isReadable).isEmpty()) {
      errors.add(new FieldError("/color", SchoolColor.ALLOWED));
    }
    OwnTerms terms = settings.terms();
    requireWithin(errors, "/grace_minutes", terms.graceMinutes(), 0, LONGEST_GRACE);
    requireWithin(errors, "/repeat_seconds", terms.repeatSeconds(), 0, LONGEST_REPEAT);
    requireWithin(errors, "/retention_days", terms.retentionDays(), 1, usual.retentionDays());
    if (!errors.isEmpty()) {
      throw refused(errors);
    }
  }

  private static void requireWithin(
      List<FieldError> errors, String pointer, Optional<Integer> given, int least, int most) {
    given
        .filter(number -> number < least || number > most)
        .ifPresent(
            number -> errors.add(new FieldError(pointer, "allowed is " + least + " to " + most)));
  }

  private static RuntimeException refused(List<FieldError> errors) {
    return new Failure(Failure.Kind.INVALID_REQUEST, "The school cannot be so.", errors)
        .asException();
  }

  private Future<School> find(SqlConnection connection, String sql, UUID school) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school))
        .map(rows -> school(rows.iterator().next()));
  }

  private School school(Row row) {
    return new School(
        row.getString("slug"),
        new SchoolSettings(
            row.getString("name"),
            row.getString("country"),
            Optional.ofNullable(row.getString("phone")),
            row.getString("timezone"),
            row.getString("language"),
            row.getString("color"),
            new OwnTerms(
                Optional.ofNullable(row.getInteger("grace_minutes")),
                Optional.ofNullable(row.getInteger("repeat_seconds")),
                Optional.ofNullable(row.getInteger("retention_days")))),
        row.getBoolean("photos_allowed"),
        usual);
  }
}
