package porteria.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.db.Columns;
import porteria.domain.Cause;

/** Takes back what families are owed. */
public final class Outbox {

  private static final String WITHDRAW_ANNOUNCEMENTS =
      """
      DELETE FROM announcement a
      USING unnest($1::uuid[], $2::uuid[], $3::text[]) AS o (school_id, cause_id, cause)
      WHERE a.school_id = o.school_id AND a.cause_id = o.cause_id AND a.cause = o.cause
      """;

  /** Locks in the order of the ids, as the sender does, so that the two never wait in a circle. */
  private static final String LOCK_NOTIFICATIONS =
      """
      SELECT n.id
      FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS o (school_id, cause_id, cause)
      JOIN notification n
        ON n.school_id = o.school_id AND n.cause_id = o.cause_id AND n.cause = o.cause
      ORDER BY n.school_id, n.id
      FOR UPDATE OF n
      """;

  private static final String RECALL_NOTIFICATIONS =
      """
      WITH concerned AS MATERIALIZED (
        SELECT n.school_id, n.id
        FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS o (school_id, cause_id, cause)
        JOIN notification n
          ON n.school_id = o.school_id AND n.cause_id = o.cause_id AND n.cause = o.cause
        ORDER BY n.school_id, n.id
        FOR UPDATE OF n
      )
      UPDATE notification n
      SET recalled = true,
          status = CASE WHEN n.status IN ('QUEUED', 'PARKED') THEN 'CANCELLED' ELSE n.status END
      FROM concerned c
      WHERE n.school_id = c.school_id AND n.id = c.id
        AND NOT n.recalled
        AND (n.status <> 'CANCELLED' OR n.in_doubt)
      RETURNING n.school_id, n.cause_id, n.cause, n.student_id,
        n.status IN ('SENDING', 'UNKNOWN', 'SENT', 'DELIVERED', 'READ') OR n.in_doubt AS told
      """;

  private static final String MOVE_ANNOUNCEMENT =
      """
      WITH untold AS (
        DELETE FROM announcement WHERE school_id = $1 AND cause_id = $2 AND cause = $3
        RETURNING school_id, cause, student_id
      )
      """
          + Announcements.INSERT_INTO
          + "SELECT school_id, $4::uuid, cause, student_id FROM untold ON CONFLICT DO NOTHING";

  private static final String OWE_CORRECTIONS =
      Announcements.INSERT_INTO
          + """
            SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
            ON CONFLICT DO NOTHING
            """;

  /**
   * What was owed because of something.
   *
   * @param causeId id of the event, or of what else caused it
   */
  public record Owed(UUID schoolId, UUID causeId, Cause cause) {}

  /**
   * What is under way to an address that leads to nobody any more who may read it: a message about
   * a pupil to no active guardian of the pupil, another one not to its guardian. Asked by status,
   * as the sender's indexes are.
   */
  private static final String RECALL_STRAYS =
      """
      WITH concerned AS MATERIALIZED (
        SELECT n.school_id, n.id
        FROM notification n
        WHERE n.school_id = $1 AND n.guardian_id = ANY ($2)
          AND n.status IN ('QUEUED', 'PARKED', 'UNKNOWN', 'SENDING')
          AND NOT EXISTS (SELECT {READERS})
        ORDER BY n.school_id, n.id
        FOR UPDATE OF n
      )
      UPDATE notification n
      SET recalled = true,
          status = CASE WHEN n.status IN ('QUEUED', 'PARKED') THEN 'CANCELLED' ELSE n.status END
      FROM concerned c
      WHERE n.school_id = c.school_id AND n.id = c.id
        AND n.status IN ('QUEUED', 'PARKED', 'UNKNOWN', 'SENDING')
      """
          .replace("{READERS}", Readers.of("n"));

  private Outbox() {}

  /**
   * Withdraws what one event owes, as {@link #recall} does.
   *
   * @return whether families are owed the correction; after the commit the sender should be hinted
   */
  public static Future<Boolean> annul(
      SqlConnection connection, UUID schoolId, UUID eventId, Cause cause) {
    return recall(connection, List.of(new Owed(schoolId, eventId, cause)))
        .map(told -> !told.isEmpty());
  }

  /**
   * Withdraws what things owe: what is not expanded is forgotten, what is queued is cancelled, and
   * if any family was told, or may have been, the correction is announced. A second call finds
   * nothing left to do.
   *
   * <p>The sender may be at the same rows, so these are statements of their own, each of which sees
   * what was committed while the one before it waited (READ COMMITTED is required, and is what
   * {@link porteria.db.Database#inSchool} gives):
   *
   * <ul>
   *   <li><b>Expanding at this moment.</b> Whoever locks the announcement first has it. If the
   *       sender, the DELETE waits, finds nothing, and the next statement sees the notifications
   *       that took its place. If this transaction, the sender skips the locked row.
   *   <li><b>Claiming at this moment.</b> Whoever locks the notification first has it. If the
   *       sender, the UPDATE waits and then finds it SENDING. If this transaction, the sender skips
   *       it and later finds it CANCELLED.
   *   <li><b>Stood in for at this moment.</b> Whoever locks the WhatsApp message first has it. If
   *       the sender, the lock waits, and the next statement sees the mail that was owed instead.
   *       If this transaction, no mail stands in for what is recalled.
   *   <li><b>Under way.</b> A provider call cannot be called back; the row is marked recalled. When
   *       the provider turns out not to have accepted it, the sender cancels it instead of trying
   *       again, and when its outcome is lost it is not resent.
   *   <li><b>Correcting.</b> The correction's announcement is expanded only when nothing of the
   *       event is SENDING any more. That state is final, since recalled messages never return to
   *       the queue: exactly those who were or may have been told are corrected, after what it
   *       corrects.
   *   <li><b>Annulled before the announcement was committed.</b> Not possible while the event and
   *       its announcement share a commit; the sender drops an announcement of an annulled event
   *       all the same.
   * </ul>
   *
   * @param connection in a transaction of the worker role, or of the web role that names the school
   * @param owed of news; a correction is not withdrawn
   * @return ids of the causes whose families are owed the correction; after the commit the sender
   *     should be hinted
   * @throws IllegalArgumentException when a cause is itself a correction
   */
  public static Future<Set<UUID>> recall(SqlConnection connection, List<Owed> owed) {
    owed.forEach(each -> correctionOf(each.cause()));
    Tuple announced =
        Tuple.tuple()
            .addArrayOfUUID(Columns.of(owed, UUID[]::new, Owed::schoolId))
            .addArrayOfUUID(Columns.of(owed, UUID[]::new, Owed::causeId))
            .addArrayOfString(Columns.strings(owed, each -> each.cause().name()));
    return connection
        .preparedQuery(WITHDRAW_ANNOUNCEMENTS)
        .execute(announced)
        .compose(gone -> connection.preparedQuery(LOCK_NOTIFICATIONS).execute(announced))
        .compose(locked -> connection.preparedQuery(RECALL_NOTIFICATIONS).execute(announced))
        .compose(recalled -> oweCorrections(connection, recalled));
  }

  private static Future<Set<UUID>> oweCorrections(SqlConnection connection, RowSet<Row> recalled) {
    List<Row> told = new ArrayList<>();
    recalled.forEach(
        row -> {
          if (row.getBoolean("told")) {
            told.add(row);
          }
        });
    Set<UUID> causes =
        told.stream().map(row -> row.getUUID("cause_id")).collect(Collectors.toUnmodifiableSet());
    return causes.isEmpty()
        ? Future.succeededFuture(causes)
        : connection
            .preparedQuery(OWE_CORRECTIONS)
            .execute(
                Tuple.tuple()
                    .addArrayOfUUID(Columns.of(told, UUID[]::new, row -> row.getUUID("school_id")))
                    .addArrayOfUUID(Columns.of(told, UUID[]::new, row -> row.getUUID("cause_id")))
                    .addArrayOfString(Columns.strings(told, Outbox::correction))
                    .addArrayOfUUID(
                        Columns.of(told, UUID[]::new, row -> row.getUUID("student_id"))))
            .map(causes);
  }

  private static String correction(Row row) {
    return correctionOf(Cause.valueOf(row.getString("cause"))).name();
  }

  /**
   * Another event says the same of the pupil: what was not yet expanded is announced as that one.
   * What was expanded stays as it is, told or about to be.
   *
   * @param connection in a transaction of the web role that names the school
   */
  public static Future<Void> moveUntold(
      SqlConnection connection, UUID schoolId, UUID eventId, UUID standing, Cause cause) {
    return connection
        .preparedQuery(MOVE_ANNOUNCEMENT)
        .execute(Tuple.of(schoolId, eventId, cause.name(), standing))
        .mapEmpty();
  }

  /**
   * Takes back what was on its way to addresses that guardians have no more, or about pupils whom
   * they answer for no more: what is queued is cancelled, what is being sent is not attempted
   * again.
   *
   * @param connection in a transaction of the web role that names the school, after it took the
   *     addresses or the pupils away
   */
  public static Future<Void> recallStrays(
      SqlConnection connection, UUID schoolId, Collection<UUID> guardians) {
    return connection
        .preparedQuery(RECALL_STRAYS)
        .execute(Tuple.of(schoolId, (Object) guardians.toArray(UUID[]::new)))
        .mapEmpty();
  }

  private static Cause correctionOf(Cause cause) {
    return cause
        .correction()
        .orElseThrow(() -> new IllegalArgumentException("a correction is not annulled: " + cause));
  }
}
