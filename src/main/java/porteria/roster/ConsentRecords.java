package porteria.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.audit.AuditActor;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/** The consents of guardians. */
public final class ConsentRecords {

  private static final String COLUMNS =
      "SELECT id, student_id, guardian_id, scopes, signed_at, expires_at FROM consent ";

  private static final String LIST =
      COLUMNS
          + """
            WHERE school_id = $1
              AND ($2::uuid IS NULL OR student_id = $2)
              AND ($3::uuid IS NULL OR guardian_id = $3)
              AND ($4::uuid IS NULL OR id > $4)
            ORDER BY id
            LIMIT $5
            """;

  private static final String FIND_TO_CHANGE =
      COLUMNS + "WHERE school_id = $1 AND id = $2 FOR UPDATE";

  private static final String CREATE =
      """
      INSERT INTO consent (school_id, student_id, guardian_id, scopes, signed_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      RETURNING id, student_id, guardian_id, scopes, signed_at, expires_at
      """;

  private static final String CHANGE =
      """
      UPDATE consent SET scopes = $3, signed_at = $4, expires_at = $5
      WHERE school_id = $1 AND id = $2
      RETURNING id, student_id, guardian_id, scopes, signed_at, expires_at
      """;

  private static final String LINKED =
      """
      SELECT student_id FROM student_guardian
      WHERE school_id = $1 AND student_id = $2 AND guardian_id = $3
      """;

  private final Database database;
  private final Acts acts;
  private final InstantSource clock;

  ConsentRecords(Database database, Acts acts, InstantSource clock) {
    this.database = database;
    this.acts = acts;
    this.clock = clock;
  }

  /** Consents, the oldest first. */
  public Future<Page<Consent>> list(
      UUID school, Optional<UUID> student, Optional<UUID> guardian, Place place) {
    Tuple parameters =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(student.orElse(null))
            .addUUID(guardian.orElse(null))
            .addUUID(place.after().orElse(null))
            .addInteger(place.limit() + 1);
    return database
        .inSchool(school, connection -> connection.preparedQuery(LIST).execute(parameters))
        .map(rows -> Page.of(rows, place.limit(), ConsentRecords::consent));
  }

  /**
   * Adds a consent.
   *
   * @return as kept; fails with NOT_FOUND when the pupil or the guardian is not there, with
   *     INVALID_REQUEST when they do not belong together or the times cannot be
   */
  public Future<Consent> create(
      UUID school, UUID student, UUID guardian, Consent.Terms terms, AuditActor actor) {
    requirePossible(terms);
    Tuple row =
        Tuple.of(
            school,
            student,
            guardian,
            scopes(terms),
            Columns.utc(terms.signedAt()),
            Columns.utc(terms.expiresAt()));
    return database.inSchool(
        school,
        connection ->
            References.student(connection, school, student)
                .compose(there -> References.guardian(connection, school, guardian))
                .compose(there -> requireLink(connection, school, student, guardian))
                .compose(linked -> connection.preparedQuery(CREATE).execute(row))
                .map(rows -> consent(rows.iterator().next()))
                .compose(
                    made ->
                        acts.append(connection, school, actor, "consent.created", made.id())
                            .map(made)));
  }

  /** Changes or withdraws a consent; fails with NOT_FOUND or INVALID_REQUEST. */
  public Future<Consent> change(UUID school, UUID id, Consent.Terms terms, AuditActor actor) {
    requirePossible(terms);
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(FIND_TO_CHANGE)
                .execute(Tuple.of(school, id))
                .compose(rows -> References.one(rows, ConsentRecords::consent))
                .compose(before -> change(connection, school, before, terms, actor)));
  }

  private Future<Consent> change(
      SqlConnection connection,
      UUID school,
      Consent before,
      Consent.Terms terms,
      AuditActor actor) {
    List<String> fields = new ArrayList<>();
    if (!before.terms().scopes().equals(terms.scopes())) {
      fields.add("scopes");
    }
    if (!before.terms().signedAt().equals(terms.signedAt())) {
      fields.add("signed_at");
    }
    if (!before.terms().expiresAt().equals(terms.expiresAt())) {
      fields.add("expires_at");
    }
    if (fields.isEmpty()) {
      return Future.succeededFuture(before);
    }
    Tuple changed =
        Tuple.of(
            school,
            before.id(),
            scopes(terms),
            Columns.utc(terms.signedAt()),
            Columns.utc(terms.expiresAt()));
    return References.student(connection, school, before.studentId())
        .compose(there -> References.guardian(connection, school, before.guardianId()))
        .compose(there -> connection.preparedQuery(CHANGE).execute(changed))
        .map(rows -> consent(rows.iterator().next()))
        .compose(
            after ->
                acts.append(connection, school, actor, "consent.changed", after.id(), fields)
                    .map(after));
  }

  private void requirePossible(Consent.Terms terms) {
    List<FieldError> errors = new ArrayList<>();
    if (terms.signedAt().isAfter(clock.instant())) {
      errors.add(new FieldError("/signed_at", "allowed is a time that has been"));
    }
    if (terms.expiresAt().filter(end -> end.isBefore(terms.signedAt())).isPresent()) {
      errors.add(new FieldError("/expires_at", "allowed is a time after signed_at"));
    }
    if (!errors.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID_REQUEST, "The times cannot be.", errors).asException();
    }
  }

  private static Future<Void> requireLink(
      SqlConnection connection, UUID school, UUID student, UUID guardian) {
    return connection
        .preparedQuery(LINKED)
        .execute(Tuple.of(school, student, guardian))
        .compose(
            rows ->
                rows.size() > 0
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new Failure(
                                Failure.Kind.INVALID_REQUEST,
                                "This guardian does not answer for this pupil.",
                                List.of(
                                    new FieldError(
                                        "/guardian_id", "allowed is a guardian of the pupil")))
                            .asException()));
  }

  private static String[] scopes(Consent.Terms terms) {
    return terms.scopes().stream().sorted().map(Enum::name).toArray(String[]::new);
  }

  private static Consent consent(Row row) {
    return new Consent(
        row.getUUID("id"),
        row.getUUID("student_id"),
        row.getUUID("guardian_id"),
        new Consent.Terms(
            Arrays.stream(row.getArrayOfStrings("scopes"))
                .map(Consent.Scope::valueOf)
                .collect(Collectors.toSet()),
            row.getOffsetDateTime("signed_at").toInstant(),
            Optional.ofNullable(row.getOffsetDateTime("expires_at"))
                .map(OffsetDateTime::toInstant)));
  }
}
