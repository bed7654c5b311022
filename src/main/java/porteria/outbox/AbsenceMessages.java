package porteria.outbox;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Owes guardians the answers to their requests for absence. Who asked is told, and nobody else, by
 * WhatsApp where they can be reached so, else by mail; nobody may choose not to get an answer, so
 * nothing is to be expanded. The sender finds the message by its next poll.
 */
public final class AbsenceMessages {

  /** After what concerns the gates: an answer may wait a minute. */
  private static final String OWE =
      """
      INSERT INTO notification (school_id, cause_id, cause, student_id, guardian_id, channel,
        address, template, language, payload, lane, status, due_at, created_at)
      SELECT s.id, $2, $3, p.id, g.id, c.channel, c.address, 'ausencia_resuelta', g.language,
        jsonb_build_object('student', p.full_name, 'school', s.name) || $6::jsonb, 1, 'QUEUED',
        $7::timestamptz, $7::timestamptz
      FROM school s
      JOIN student p ON p.school_id = s.id AND p.id = $4
      JOIN guardian g ON g.school_id = s.id AND g.id = $5 AND g.inactive_since IS NULL
      JOIN LATERAL (
        SELECT contact.channel, contact.address
        FROM guardian_contact contact
        WHERE contact.school_id = s.id AND contact.guardian_id = g.id
          AND {WANTED}
        ORDER BY contact.channel = 'WHATSAPP' DESC, contact.verified DESC, contact.id
        LIMIT 1
      ) c ON true
      WHERE s.id = $1
      """
          .replace("{WANTED}", Suppressions.wanted("contact"));

  private AbsenceMessages() {}

  /**
   * How a request was resolved.
   *
   * @param guardian who asked
   * @param from the first day of absence
   * @param to the last day of absence
   * @param reason as staff wrote it
   */
  public record Decision(
      UUID request,
      UUID student,
      UUID guardian,
      LocalDate from,
      LocalDate to,
      boolean approved,
      Optional<String> reason) {

    /** The reason stays out of logs. */
    @Override
    public String toString() {
      return "Decision[" + request + "]";
    }
  }

  /**
   * Queues the answer; nothing when the guardian has no contact.
   *
   * @param connection in a transaction of the web role that names the school
   */
  public static Future<Void> owe(
      SqlConnection connection, UUID schoolId, Decision decision, Instant now) {
    JsonObject answer =
        new JsonObject()
            .put("from", decision.from().toString())
            .put("to", decision.to().toString())
            .put("approved", decision.approved());
    decision.reason().ifPresent(reason -> answer.put("reason", reason));
    return connection
        .preparedQuery(OWE)
        .execute(
            Tuple.tuple()
                .addUUID(schoolId)
                .addUUID(decision.request())
                .addString(decision.approved() ? "ABSENCE_APPROVED" : "ABSENCE_REJECTED")
                .addUUID(decision.student())
                .addUUID(decision.guardian())
                .addValue(answer)
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }
}
