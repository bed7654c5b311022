package porteria.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a broadcast owes: what the sender must ask of its messages, and how it is stopped. A message
 * of a broadcast names its pupils by id alone; what it says of them is found when it is sent, so
 * that nobody reads of a child who is not theirs any more.
 */
public final class Broadcasts {

  /** For a transaction that stops or reads a broadcast to thousands. */
  public static final Duration PATIENCE = Duration.ofSeconds(7);

  private static final String IS_ONE = isOne("n");

  private static final String AT_ITS_ADDRESS =
      """
      guardian_contact c
          JOIN guardian g ON g.school_id = c.school_id AND g.id = c.guardian_id
            AND g.inactive_since IS NULL
          JOIN student_guardian sg ON sg.school_id = g.school_id AND sg.guardian_id = g.id
          JOIN student p ON p.school_id = sg.school_id AND p.id = sg.student_id
            AND p.inactive_since IS NULL
          WHERE lower(c.address) = lower(n.address) AND c.school_id = n.school_id
            AND c.channel = n.channel
            AND {NAMES}
      """
          .replace("{NAMES}", names("n"));

  /**
   * A condition of SQL: that somebody who reads at the address of a row {@code n} still answers for
   * one of its pupils and wants to hear of it, and the broadcast was not stopped. A correction is
   * wanted by whoever got its mistake.
   */
  public static final String WANTED =
      """
      (EXISTS (
          SELECT FROM {AT_ITS_ADDRESS}
            AND (n.cause = 'BROADCAST_CORRECTION' OR g.notification_prefs -> n.type ? n.channel))
        AND EXISTS (
          SELECT FROM broadcast told
          WHERE told.school_id = n.school_id AND told.id = n.cause_id
            AND told.status <> 'CANCELLED'))\
      """
          .replace("{AT_ITS_ADDRESS}", AT_ITS_ADDRESS);

  /** An expression of SQL: what a row {@code n} tells, with the names of the pupils. */
  public static final String PAYLOAD =
      """
      n.payload
        || coalesce((SELECT told.facts FROM broadcast told
          WHERE told.school_id = n.school_id AND told.id = n.cause_id), '{}')
        || jsonb_build_object('children', coalesce((
          SELECT jsonb_agg(child.full_name ORDER BY child.full_name)
          FROM (
            SELECT DISTINCT p.id, p.full_name
            FROM {AT_ITS_ADDRESS}
          ) child), '[]'))\
      """
          .replace("{AT_ITS_ADDRESS}", AT_ITS_ADDRESS);

  /** Whether its family was told, or may have been. */
  public static final String TOLD =
      "(n.status IN ('SENDING', 'UNKNOWN', 'SENT', 'DELIVERED', 'READ') OR n.in_doubt)";

  /** Those that staff stopped, too: whom they told must hear that it is not so. */
  private static final String OF_EXCEPTION =
      """
      SELECT id FROM broadcast b
      WHERE school_id = $1 AND exception_id = $2 AND corrects IS NULL
        AND (status <> 'CANCELLED' OR started_at IS NOT NULL)
        AND NOT EXISTS (
          SELECT FROM broadcast c WHERE c.school_id = b.school_id AND c.corrects = b.id)
      ORDER BY id
      """;

  /** Waits for chunks that are being expanded; none follows. */
  private static final String END =
      """
      UPDATE broadcast SET status = 'CANCELLED', ended_at = $3
      WHERE school_id = $1 AND id = $2 AND status <> 'CANCELLED'
      """;

  private static final String LEAVE_FROZEN =
      """
      UPDATE broadcast_recipient SET status = 'CANCELLED'
      WHERE school_id = $1 AND broadcast_id = $2 AND status = 'FROZEN'
      """;

  /** Locks in the order of the ids, as the sender does; what is under way may end, no more. */
  private static final String RECALL =
      """
      WITH concerned AS MATERIALIZED (
        SELECT n.school_id, n.id
        FROM notification n
        WHERE n.school_id = $1 AND n.cause_id = $2 AND NOT n.recalled
          AND {IS_ONE}
        ORDER BY n.school_id, n.id
        FOR UPDATE OF n
      )
      UPDATE notification n
      SET recalled = true,
          status = CASE WHEN n.status IN ('QUEUED', 'PARKED') THEN 'CANCELLED' ELSE n.status END
      FROM concerned c
      WHERE n.school_id = c.school_id AND n.id = c.id
      """
          .replace("{IS_ONE}", IS_ONE);

  /** The same of what is on its way alone: what came of the others stays as it is. */
  private static final String RECALL_AGAIN =
      RECALL.replace(
          "AND NOT n.recalled",
          "AND NOT n.recalled AND n.status IN ('QUEUED', 'PARKED', 'SENDING', 'UNKNOWN')");

  private static final String COUNT_TOLD =
      """
      SELECT count(*)::int AS told FROM notification n
      WHERE n.school_id = $1 AND n.cause_id = $2 AND {IS_ONE} AND {TOLD}
      """
          .replace("{IS_ONE}", IS_ONE)
          .replace("{TOLD}", TOLD);

  /** $3 stops it, $4 is now, $5 until when the preview is good. */
  private static final String CORRECT =
      """
      INSERT INTO broadcast (school_id, type, scope, course_id, exception_id, corrects, facts,
        status, recipients, created_by, created_at, expires_at, news_until)
      SELECT school_id, type, scope, course_id, exception_id, id,
        facts - ARRAY['in', 'out', 'closed'] || '{"taken_back": true}'::jsonb, 'PREVIEW', 0, $3, $4::timestamptz,
        least($5::timestamptz, news_until), news_until
      FROM broadcast
      WHERE school_id = $1 AND id = $2 AND type = 'CAMBIO_HORARIO'
      RETURNING id
      """;

  /** To $3, those whom $2 was told, or may have been, of all that was told there. */
  private static final String FREEZE_TOLD =
      """
      WITH told AS (
        SELECT n.school_id, n.channel,
          (array_agg(n.guardian_id ORDER BY n.guardian_id))[1] AS guardian_id,
          (array_agg(n.address ORDER BY n.guardian_id))[1] AS address,
          (array_agg(n.language ORDER BY n.guardian_id))[1] AS language,
          coalesce(array_agg(DISTINCT s.id::uuid) FILTER (WHERE s.id IS NOT NULL), '{}') AS students
        FROM notification n
        LEFT JOIN LATERAL jsonb_array_elements_text(n.payload -> 'students') AS s (id) ON true
        WHERE n.school_id = $1 AND n.cause_id = $2 AND {IS_ONE} AND {TOLD} AND n.address <> ''
        GROUP BY n.school_id, n.channel, lower(n.address)
      ), frozen AS (
        INSERT INTO broadcast_recipient (school_id, broadcast_id, guardian_id, channel, address,
          language, students)
        SELECT school_id, $3::uuid, guardian_id, channel, address, language, students FROM told
        RETURNING 1
      )
      UPDATE broadcast SET recipients = (SELECT count(*) FROM frozen)
      WHERE school_id = $1 AND id = $3::uuid
      """
          .replace("{IS_ONE}", IS_ONE)
          .replace("{TOLD}", TOLD);

  private Broadcasts() {}

  /** A condition of SQL: that this row of {@code notification} is of a broadcast. */
  public static String isOne(String row) {
    return row + ".cause IN ('BROADCAST', 'BROADCAST_CORRECTION')";
  }

  /** A condition of SQL: that such a row is about the pupil of the {@code student_guardian} sg. */
  public static String names(String row) {
    return row + ".payload -> 'students' ? sg.student_id::text";
  }

  /**
   * A broadcast that was stopped.
   *
   * @param told messages that families got, or may have got
   * @param correction a preview, frozen to exactly those; nobody sends it but staff
   */
  public record Stopped(UUID id, int told, Optional<UUID> correction) {}

  /**
   * Stops a broadcast: what is not sent is not sent. A second call changes nothing.
   *
   * @param connection in a transaction of the web role that names the school
   * @return how many messages families got, or may have got
   */
  public static Future<Integer> stop(
      SqlConnection connection, UUID schoolId, UUID id, Instant now) {
    Tuple one = Tuple.of(schoolId, id);
    return connection
        .preparedQuery(END)
        .execute(Tuple.of(schoolId, id, now.atOffset(ZoneOffset.UTC)))
        .compose(ended -> connection.preparedQuery(LEAVE_FROZEN).execute(one))
        .compose(left -> connection.preparedQuery(RECALL).execute(one))
        // The first has waited for mails that stand in; the second sees them.
        .compose(waited -> connection.preparedQuery(RECALL).execute(one))
        .compose(recalled -> connection.preparedQuery(COUNT_TOLD).execute(one))
        .map(rows -> rows.iterator().next().getInteger("told"));
  }

  /**
   * Stops what is sent again of a broadcast that was sent to all: of that, what is not sent is not
   * sent. A second call changes nothing.
   *
   * @param connection in a transaction of the web role that names the school
   * @return how many messages families got, or may have got
   */
  public static Future<Integer> stopAgain(SqlConnection connection, UUID schoolId, UUID id) {
    Tuple one = Tuple.of(schoolId, id);
    return connection
        .preparedQuery(RECALL_AGAIN)
        .execute(one)
        // As above.
        .compose(waited -> connection.preparedQuery(RECALL_AGAIN).execute(one))
        .compose(recalled -> connection.preparedQuery(COUNT_TOLD).execute(one))
        .map(rows -> rows.iterator().next().getInteger("told"));
  }

  /**
   * Stops all that was told of an exception to the hours, and prepares to take it back where it was
   * told.
   *
   * @param connection in a transaction of the web role that names the school
   * @param by the member of staff who withdraws the exception
   * @param until when the corrections may still be sent
   */
  public static Future<List<Stopped>> withdraw(
      SqlConnection connection,
      UUID schoolId,
      UUID exception,
      UUID by,
      Instant now,
      Instant until) {
    return connection
        .preparedQuery(OF_EXCEPTION)
        .execute(Tuple.of(schoolId, exception))
        .compose(
            found -> {
              Future<List<Stopped>> all = Future.succeededFuture(new ArrayList<>());
              for (UUID id : ids(found)) {
                all =
                    all.compose(
                        before ->
                            withdrawOne(connection, schoolId, id, by, now, until)
                                .map(
                                    stopped -> {
                                      before.add(stopped);
                                      return before;
                                    }));
              }
              return all;
            });
  }

  private static Future<Stopped> withdrawOne(
      SqlConnection connection, UUID schoolId, UUID id, UUID by, Instant now, Instant until) {
    return stop(connection, schoolId, id, now)
        .compose(
            told ->
                told == 0
                    ? Future.succeededFuture(new Stopped(id, 0, Optional.empty()))
                    : correct(connection, schoolId, id, by, now, until)
                        .map(correction -> new Stopped(id, told, correction)));
  }

  private static Future<Optional<UUID>> correct(
      SqlConnection connection, UUID schoolId, UUID id, UUID by, Instant now, Instant until) {
    return connection
        .preparedQuery(CORRECT)
        .execute(
            Tuple.of(
                schoolId, id, by, now.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC)))
        .compose(
            made ->
                made.size() == 0
                    ? Future.succeededFuture(Optional.<UUID>empty())
                    : freezeTold(connection, schoolId, id, ids(made).getFirst()).map(Optional::of));
  }

  private static Future<UUID> freezeTold(
      SqlConnection connection, UUID schoolId, UUID id, UUID correction) {
    return connection
        .preparedQuery(FREEZE_TOLD)
        .execute(Tuple.of(schoolId, id, correction))
        .map(correction);
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    List<UUID> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getUUID("id")));
    return ids;
  }
}
