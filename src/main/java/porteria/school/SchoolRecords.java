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
      SELECT slug, name, country, phone, timezone, language, color, photos_allowed FROM school
      WHERE id = $1
      """;

  /** All that is written for the school refers to it, and goes on meanwhile. */
  private static final String FIND_TO_CHANGE = FIND + "FOR NO KEY UPDATE";

  private static final String CHANGE =
      """
      UPDATE school SET name = $2, country = $3, phone = $4, timezone = $5, language = $6,
        color = $7
      WHERE id = $1
      """;

  /** The database must know it too: its statements say which day it is. */
  private static final String KNOWS_ZONE =
      "SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = $1) AS known";

  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private final Database database;
  private final AuditTrail audit;
  private final Bus bus;

  public SchoolRecords(Database database, AuditTrail audit, Bus bus) {
    this.database = database;
    this.audit = audit;
    this.bus = bus;
  }

  /** The school of a session. */
  public Future<School> find(UUID school) {
    return database.inSchool(school, connection -> find(connection, FIND, school));
  }

  /**
   * Makes a school what the settings say. Kiosks and pages go by another time zone within seconds;
   * days that were counted before are counted by it too.
   *
   * @return as kept; fails with INVALID_REQUEST where the time zone or the country is none
   */
  public Future<School> change(UUID school, SchoolSettings settings, AuditActor actor) {
    requirePossible(settings);
    return database.inSchool(
        school,
        connection ->
            find(connection, FIND_TO_CHANGE, school)
                .compose(before -> change(connection, school, before, settings, actor)));
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
            .addString(settings.color());
    return requireKnown(connection, settings.timezone())
        .compose(known -> connection.preparedQuery(CHANGE).execute(row))
        .compose(done -> audit.append(connection, act))
        .map(new School(before.slug(), settings, before.photosAllowed()))
        .onSuccess(after -> tellOnceCommitted(connection, school));
  }

  /** Its time zone says when its courses begin. */
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

  private static void requirePossible(SchoolSettings settings) {
    List<FieldError> errors = new ArrayList<>();
    if (!TimeZones.isOne(settings.timezone())) {
      errors.add(new FieldError("/timezone", TimeZones.ALLOWED));
    }
    if (!COUNTRIES.contains(settings.country())) {
      errors.add(new FieldError("/country", "allowed is a code of ISO 3166-1, such as CL"));
    }
    if (!SchoolColor.isOne(settings.color())) {
      errors.add(new FieldError("/color", SchoolColor.ALLOWED));
    }
    if (!errors.isEmpty()) {
      throw refused(errors);
    }
  }

  private static RuntimeException refused(List<FieldError> errors) {
    return new Failure(Failure.Kind.INVALID_REQUEST, "The school cannot be so.", errors)
        .asException();
  }

  private static Future<School> find(SqlConnection connection, String sql, UUID school) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school))
        .map(rows -> school(rows.iterator().next()));
  }

  private static School school(Row row) {
    return new School(
        row.getString("slug"),
        new SchoolSettings(
            row.getString("name"),
            row.getString("country"),
            Optional.ofNullable(row.getString("phone")),
            row.getString("timezone"),
            row.getString("language"),
            row.getString("color")),
        row.getBoolean("photos_allowed"));
  }
}
