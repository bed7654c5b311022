package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.audit.AuditTrail;
import porteria.bus.Bus;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.Role;
import porteria.testkit.LiveSocket;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;

/** More families than a chunk holds. */
@ExtendWith(RunningServerExtension.class)
@Telling
class ManyFamiliesTest {

  private static final int FAMILIES = 1_700;
  private static final String QUEUED = "porteria_broadcast_recipients_queued";

  private final RunningServer server;
  private BroadcastDesk desk;

  ManyFamiliesTest(RunningServer server) {
    this.server = server;
  }

  @BeforeEach
  void open() {
    desk = new BroadcastDesk(server);
    TestPupil pupil = desk.school.pupil("Ana Rojas");
    server
        .sql()
        .lines(
            """
            WITH g AS (
              INSERT INTO guardian (school_id, full_name, notification_prefs)
              SELECT ?, 'Familia', '{"CAMBIO_HORARIO": ["WHATSAPP"]}' FROM generate_series(1, ?)
              RETURNING school_id, id
            ), p AS (
              INSERT INTO student_guardian (school_id, guardian_id, student_id)
              SELECT school_id, id, ? FROM g
            )
            INSERT INTO guardian_contact (school_id, guardian_id, channel, address)
            SELECT school_id, id, 'WHATSAPP', '+5698' || to_char(row_number() OVER (), 'FM0000000')
            FROM g
            """,
            desk.school.id(),
            FAMILIES,
            pupil.id());
  }

  @AfterEach
  void clear() {
    server.providers().clear();
  }

  @Test
  void two_nodes_that_expand_the_same_broadcast_tell_each_family_once() {
    Vertx other = Vertx.vertx();
    Database database = Database.open(other, server.database());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    double before = server.metric(QUEUED + "_total");
    String node =
        other
            .deployVerticle(
                new BroadcastVerticle(
                    Bus.on(other, 8_000),
                    database,
                    new AuditTrail(server.clock()),
                    server.clock(),
                    Duration.ofMillis(20),
                    Map.of(Channel.WHATSAPP, 1, Channel.EMAIL, 1),
                    meters))
            .await();
    try {
      String id = desk.previewed();
      desk.send(id, FAMILIES);
      await().atMost(Duration.ofSeconds(60)).until(() -> desk.status(id).equals("SENT"));
      List<String> told =
          server.providers().messages().stream().map(each -> each.getString("to")).toList();
      assertThat(told).hasSize(FAMILIES).hasSameSizeAs(new HashSet<>(told));
      assertThat(
              server
                  .sql()
                  .number(
                      "SELECT count(*) FROM notification WHERE cause_id = ?", UUID.fromString(id)))
          .isEqualTo(FAMILIES);
      assertThat(server.metric(QUEUED + "_total") - before + meters.counter(QUEUED).count())
          .as("recipients that either node took")
          .isEqualTo(FAMILIES);
    } finally {
      other.undeploy(node).await();
      database.close().await();
      other.close().await();
    }
  }

  @Test
  void whoever_watches_sees_how_far_it_has_come_once_a_second_at_most() {
    LiveSocket socket =
        LiveSocket.open(server, desk.school.login(Role.INSPECTOR), desk.school.id());
    await()
        .until(
            () -> {
              desk.school.north().in(desk.school.pupil("Eva Díaz"), server.now());
              return socket.hasNews();
            });
    String id = desk.previewed();
    long begun = System.nanoTime();
    desk.send(id, FAMILIES);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                frames(socket, id).stream()
                    .anyMatch(each -> "SENT".equals(each.getString("status"))));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    List<JsonObject> frames = frames(socket, id);
    assertThat(frames).hasSizeBetween(1, (int) took.toSeconds() + 2);
    assertThat(frames.getLast().fieldNames())
        .containsExactlyInAnyOrder("type", "id", "status", "counts", "seconds_left");
    assertThat(
            frames.getLast().getJsonObject("counts").stream()
                .mapToInt(each -> (Integer) each.getValue())
                .sum())
        .isEqualTo(FAMILIES);
    assertThat(server.metric(QUEUED + "_total")).isGreaterThanOrEqualTo(FAMILIES);
  }

  @Test
  void stopped_while_some_wait_for_their_chunk_it_reaches_none_of_those() {
    String id = desk.previewed();
    // As if the node had died after its first chunks.
    server
        .sql()
        .lines(
            "UPDATE broadcast SET status = 'CANCELLED', ended_at = now() WHERE id = ?",
            UUID.fromString(id));
    assertThat(desk.cancel(id).json().getInteger("told")).isZero();
    assertThat(desk.count(id, "CANCELLED")).isEqualTo(FAMILIES);
  }

  private static List<JsonObject> frames(LiveSocket socket, String id) {
    return socket.news().stream()
        .filter(frame -> "broadcast".equals(frame.getString("type")))
        .filter(frame -> id.equals(frame.getString("id")))
        .toList();
  }
}
