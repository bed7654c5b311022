package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.ResumeSending;
import porteria.bus.SendingChanged;
import porteria.bus.SendingResumed;
import porteria.db.Database;
import porteria.domain.Failure;

/**
 * Ends pauses; every sender then queues what was parked for them. The pauses are those of all
 * schools of this server, who share the account.
 */
final class PauseEnding {

  private static final String FIND =
      "SELECT code FROM sending_pause WHERE channel = $1 AND scope = $2 AND subject = $3";

  private static final String END =
      "DELETE FROM sending_pause WHERE channel = $1 AND scope = $2 AND subject = $3";

  private static final String OF_SCHOOL =
      """
      SELECT count(*)::int AS parked FROM notification n
      WHERE n.school_id = $1 AND n.status = 'PARKED' AND n.channel = $2
        AND n.failure_class IS DISTINCT FROM 'USER_CAP'
        AND ($3 = '' OR n.template || '/' || n.language = $3)
      """;

  private final Database database;
  private final AuditTrail trail;
  private final Bus bus;

  PauseEnding(Database database, AuditTrail trail, Bus bus) {
    this.database = database;
    this.trail = trail;
    this.bus = bus;
  }

  /**
   * Ends a pause; fails with NOT_FOUND when there is none. Written down first: the pause is no
   * school's, so it cannot end in the transaction of the school's trail.
   */
  Future<SendingResumed> resume(ResumeSending command) {
    Tuple pause = Tuple.of(command.channel().name(), command.scope().name(), command.subject());
    return database
        .workerQuery(FIND, pause)
        .compose(
            found ->
                found.size() == 0
                    ? Future.failedFuture(
                        Failure.of(Failure.Kind.NOT_FOUND, "There is no such pause.").asException())
                    : note(command, found.iterator().next().getString("code")))
        .compose(resumed -> database.workerQuery(END, pause).map(resumed))
        .onSuccess(resumed -> bus.publish(Addresses.SENDING_CHANGED, new SendingChanged()));
  }

  private Future<SendingResumed> note(ResumeSending command, String code) {
    UUID school = command.by().schoolId();
    AuditEntry act =
        new AuditEntry(
            school,
            Retry.actor(command.by()),
            "sending.resumed",
            "school",
            school.toString(),
            Optional.of(
                new JsonObject()
                    .put("channel", command.channel().name())
                    .put("scope", command.scope().name())
                    .put("subject", command.subject())
                    .put("code", code)),
            Optional.empty());
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(OF_SCHOOL)
                .execute(Tuple.of(school, command.channel().name(), command.subject()))
                .map(rows -> new SendingResumed(rows.iterator().next().getInteger("parked")))
                .compose(resumed -> trail.append(connection, act).map(resumed)));
  }
}
