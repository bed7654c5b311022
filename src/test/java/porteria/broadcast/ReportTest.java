package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;

/** What became of a broadcast to more than are read at once. */
@ExtendWith(RunningServerExtension.class)
@Telling
class ReportTest {

  private static final int FAMILIES = 27_500;

  private final RunningServer server;
  private BroadcastDesk desk;

  ReportTest(RunningServer server) {
    this.server = server;
  }

  @BeforeEach
  void open() {
    desk = new BroadcastDesk(server);
  }

  @Test
  void the_report_of_the_largest_school_has_every_line_once_and_names_every_child() {
    String id = frozen(FAMILIES);
    Reply report = desk.get("/broadcast/" + id + "/report");
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.header("Content-Length")).as("held as a whole").isEmpty();
    List<String> lines = report.text().lines().skip(1).toList();
    assertThat(lines).hasSize(FAMILIES + FAMILIES / 10);
    assertThat(lines).allMatch(line -> line.contains("\"'=1+1 Hijo\""));
    assertThat(
            lines.stream().collect(Collectors.groupingBy(ReportTest::kind, Collectors.counting())))
        .isEqualTo(
            Map.of(
                "WHATSAPP,false,WAITING", (long) FAMILIES - FAMILIES / 10,
                "WHATSAPP,false,FAILED", (long) FAMILIES / 10,
                "EMAIL,true,SENT", (long) FAMILIES / 10));
    assertThat(phones(lines)).as("phones").doesNotHaveDuplicates().hasSize(FAMILIES);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT after ->> 'lines' FROM audit_log"
                        + " WHERE action = 'broadcast.exported' AND entity_id = ?",
                    id))
        .as("written down once")
        .containsExactly(Integer.toString(FAMILIES + FAMILIES / 10));
  }

  @Test
  void a_report_of_nobody_is_a_heading() {
    String id = desk.previewed();
    assertThat(desk.get("/broadcast/" + id + "/report").text().lines()).hasSize(1);
    assertThat(desk.get("/broadcast/" + UUID.randomUUID() + "/report").status()).isEqualTo(404);
  }

  /** Each tenth was refused by WhatsApp and got a mail instead. */
  private String frozen(int families) {
    UUID pupil = desk.school.pupil("=1+1 Hijo").id();
    UUID broadcast = UUID.fromString(desk.previewed());
    server
        .sql()
        .lines(
            """
            WITH g AS (
              INSERT INTO guardian (school_id, full_name, notification_prefs)
              SELECT ?, 'Familia', '{}' FROM generate_series(1, ?)
              RETURNING school_id, id
            ), numbered AS (
              SELECT school_id, id, row_number() OVER (ORDER BY id) AS no FROM g
            ), frozen AS (
              INSERT INTO broadcast_recipient (school_id, broadcast_id, guardian_id, channel,
                address, language, students)
              SELECT school_id, ?, id, 'WHATSAPP', '+56' || no / 10000 || '000' || to_char(no % 10000, 'FM0000'), 'es', ARRAY[?]
              FROM numbered
            )
            INSERT INTO notification (school_id, cause_id, cause, guardian_id, type, channel,
              address, template, language, payload, lane, status, due_at, created_at, fallback_at)
            SELECT n.school_id, ?, 'BROADCAST', n.id, 'CAMBIO_HORARIO', c.channel, 'x' || no || '@x',
              'cambio_horario', 'es', jsonb_build_object('students', ARRAY[?]), 2, c.status, now(),
              now(), now()
            FROM numbered n, (VALUES ('WHATSAPP', 'FAILED'), ('EMAIL', 'SENT')) AS c (channel, status)
            WHERE n.no % 10 = 0
            """,
            desk.school.id(), families, broadcast, pupil, broadcast, pupil);
    return broadcast.toString();
  }

  private static String kind(String line) {
    String[] cells = line.replace("\"", "").split(",", -1);
    return cells[0] + "," + cells[4] + "," + cells[5];
  }

  private static List<String> phones(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("\"WHATSAPP\""))
        .map(line -> line.split(",", -1)[1])
        .toList();
  }
}
