package porteria.roster;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.SuppressionReason;
import porteria.outbox.Suppressions;

/** Contacts of guardians that are not written to any more, and how they are again. */
public final class ContactSuppressions {

  private static final String CONTACTS =
      """
      SELECT %s AS contact
      FROM guardian_contact c
      JOIN guardian g ON g.school_id = c.school_id AND g.id = c.guardian_id AND g.erased_at IS NULL
      WHERE c.school_id = $1 AND c.guardian_id = $2
      """
          .formatted(KeptContact.JSON);

  private static final String OF_GUARDIAN = CONTACTS + "ORDER BY c.id";
  private static final String ONE = CONTACTS + "AND c.id = $3";

  private final Database database;
  private final Acts acts;

  ContactSuppressions(Database database, Acts acts) {
    this.database = database;
    this.acts = acts;
  }

  /** The contacts of a guardian that are not written to. */
  public Future<List<KeptContact>> of(UUID school, UUID guardian) {
    return database
        .inSchool(
            school,
            connection -> connection.preparedQuery(OF_GUARDIAN).execute(Tuple.of(school, guardian)))
        .map(
            rows -> {
              List<KeptContact> contacts = new ArrayList<>();
              rows.forEach(row -> contacts.add(contact(row)));
              return contacts.stream().filter(each -> each.suppressed().isPresent()).toList();
            });
  }

  /**
   * Staff write to a contact again, whatever the reason was; twice is as good as once.
   *
   * @return fails with NOT_FOUND when the guardian has no such contact
   */
  public Future<Void> lift(UUID school, UUID guardian, UUID contact, AuditActor actor) {
    return lift(school, guardian, contact, Optional.empty(), actor).mapEmpty();
  }

  /**
   * A guardian asks to be written to again where they, or who shares the address, had asked to
   * stop.
   *
   * @return fails with NOT_FOUND when the guardian has no such contact, with CONFLICT when it is
   *     switched off for another reason
   */
  public Future<Void> resume(UUID school, UUID guardian, UUID contact, AuditActor actor) {
    return lift(school, guardian, contact, Optional.of(SuppressionReason.UNSUBSCRIBED), actor)
        .compose(ContactSuppressions::requireLifted);
  }

  /** The contact as it was. */
  private Future<KeptContact> lift(
      UUID school,
      UUID guardian,
      UUID contact,
      Optional<SuppressionReason> only,
      AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(ONE)
                .execute(Tuple.of(school, guardian, contact))
                .compose(rows -> References.one(rows, ContactSuppressions::contact))
                .compose(
                    kept ->
                        Suppressions.lift(
                                connection,
                                school,
                                kept.contact().channel(),
                                kept.contact().address(),
                                only)
                            .compose(was -> note(connection, school, guardian, kept, was, actor))));
  }

  private Future<KeptContact> note(
      SqlConnection connection,
      UUID school,
      UUID guardian,
      KeptContact kept,
      Optional<SuppressionReason> was,
      AuditActor actor) {
    if (was.isEmpty()) {
      return Future.succeededFuture(kept);
    }
    JsonObject lifted =
        new JsonObject()
            .put("contact", kept.id().toString())
            .put("channel", kept.contact().channel().name())
            .put("reason", was.get().name());
    return acts.append(
            connection, school, actor, "guardian.contact_resumed", guardian, Optional.of(lifted))
        .map(new KeptContact(kept.id(), kept.contact(), Optional.empty(), kept.lastMessage()));
  }

  private static Future<Void> requireLifted(KeptContact after) {
    return after.suppressed().isEmpty()
        ? Future.succeededFuture()
        : Future.failedFuture(
            Failure.of(
                    Failure.Kind.CONFLICT,
                    "This contact cannot be reached, or complained; ask the school to look at it.")
                .asException());
  }

  private static KeptContact contact(Row row) {
    return KeptContact.of(row.getJsonObject("contact"));
  }
}
