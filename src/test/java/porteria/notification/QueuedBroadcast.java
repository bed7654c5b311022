package porteria.notification;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.Stream;

/** A broadcast of the stage's school whose messages are queued, as its expansion leaves them. */
final class QueuedBroadcast {

  private static final String QUEUE =
      """
      INSERT INTO notification (school_id, cause_id, cause, guardian_id, type, channel, address,
        template, language, payload, lane, status, due_at, created_at)
      VALUES (?, ?, 'BROADCAST', ?, 'CAMBIO_HORARIO', 'WHATSAPP', ?, 'cambio_horario', 'es',
        jsonb_build_object('students', ?::jsonb, 'school', 'Colegio Uno'), 2, ?, ?, ?)
      RETURNING id
      """;

  private final SendingStage stage;
  private final UUID id;

  QueuedBroadcast(SendingStage stage) {
    this.stage = stage;
    UUID director =
        stage.records.id(
            "INSERT INTO staff_user (school_id, email, full_name, role, password_hash)"
                + " VALUES (?, ?, 'Julia Paz', 'DIRECTOR', 'x') RETURNING id",
            stage.school.id(),
            stage.school.id() + "@colegio.example");
    this.id =
        stage.records.id(
            """
            INSERT INTO broadcast (school_id, type, scope, facts, status, recipients, created_by,
              created_at, expires_at, started_by, started_at)
            SELECT ?, 'CAMBIO_HORARIO', 'GLOBAL', '{"day": "2026-06-12", "closed": true, "reason": "consejo"}', 'SENDING',
              1, d, now(), now(), d, now()
            FROM (SELECT ?::uuid AS d) AS director
            RETURNING id
            """,
            stage.school.id(),
            director);
  }

  /** A family with a child of its own, to whose phone a message is queued. */
  void family(String channels, String phone, String... mailboxes) {
    UUID child = stage.records.student(stage.school, "Hijo de " + phone);
    UUID guardian = guardian(channels, child);
    stage.records.contact(stage.school, guardian, phone);
    for (String mailbox : mailboxes) {
      stage.records.contact(stage.school, guardian, mailbox);
    }
    message(guardian, phone, "QUEUED", child);
  }

  /** Who wants to be told of other hours by these channels. */
  UUID guardian(String channels, UUID... students) {
    UUID guardian = stage.records.guardian(stage.school, "es", channels, students);
    stage.records.lines(
        "UPDATE guardian SET notification_prefs = jsonb_build_object('CAMBIO_HORARIO', ?::jsonb)"
            + " WHERE id = ?",
        channels,
        guardian);
    return guardian;
  }

  /** A message to a phone that a guardian has, about these pupils. */
  void message(UUID guardian, String phone, String status, UUID... students) {
    Instant now = stage.clock.instant();
    stage.records.id(
        QUEUE,
        stage.school.id(),
        id,
        guardian,
        phone,
        new JsonArray(Stream.of(students).map(UUID::toString).toList()).encode(),
        status,
        now.atOffset(ZoneOffset.UTC),
        now.atOffset(ZoneOffset.UTC));
  }
}
