package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import porteria.testkit.DemoSchoolFile.Pupil;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Families hear once that their child is missing, whatever happens to the nodes that find out. */
@ExtendWith(TestServersExtension.class)
class NoShowKillTest {

  private static final Duration FAMILIES_WAIT = Duration.ofMinutes(3);
  private static final String IN_FLIGHT = "SELECT id FROM notification WHERE status = 'SENDING'";

  private final DemoStage stage;

  NoShowKillTest(TestServers servers, @TempDir Path directory) throws IOException {
    stage = new DemoStage(servers, directory);
    // Every gate was heard, and every course began at eight but the basic ones, which begin at
    // night.
    stage.change("UPDATE school SET created_at = '2026-01-01Z' WHERE slug = 'demo'");
    stage.change("UPDATE device SET reported_at = now() + interval '1 hour', queue_len = 0");
    stage.change(
        "UPDATE schedule s SET in_time = CASE WHEN c.name LIKE '%Medio%' THEN '08:00'::time"
            + " ELSE '23:00'::time END, out_time = '23:59' FROM course c"
            + " WHERE c.school_id = s.school_id AND c.id = s.course_id");
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  @Test
  void two_nodes_that_find_the_same_pupils_missing_tell_once_though_one_is_killed() {
    Set<String> inFlight = new HashSet<>();
    ServerJvm one = stage.startServer();
    try (ServerJvm other = stage.startServer()) {
      one.awaitReady();
      other.awaitReady();
      await().atMost(FAMILIES_WAIT).until(() -> !stage.messages().isEmpty());
      one.kill();
      inFlight.addAll(stage.ask(IN_FLIGHT));
      await()
          .atMost(FAMILIES_WAIT)
          .untilAsserted(() -> assertThat(told().keySet()).isEqualTo(owed("= '08:00'")));
      other.kill();
    }
    inFlight.addAll(stage.ask(IN_FLIGHT));
    // Nobody planned or looked since before the basic courses were due.
    stage.change("DELETE FROM schedule_plan");
    stage.change("UPDATE schedule SET in_time = '08:30' WHERE in_time = '23:00'");
    try (ServerJvm late = stage.startServer()) {
      late.awaitReady();
      await()
          .atMost(FAMILIES_WAIT)
          .untilAsserted(() -> assertThat(told().keySet()).isEqualTo(owed("< '23:00'")));
    }
    assertThat(toldTwice()).isSubsetOf(inFlight);
  }

  /** Who is to be told of whom: of the pupils whose course begins at such a time. */
  private Set<String> owed(String inTime) {
    Set<String> missing =
        stage.ask(
            "SELECT DISTINCT s.id::text FROM student s JOIN schedule h ON h.school_id = s.school_id"
                + " AND h.course_id = s.course_id WHERE h.in_time "
                + inTime);
    Set<String> owed = new HashSet<>();
    for (Pupil pupil : stage.school().pupils()) {
      if (missing.contains(pupil.id())) {
        pupil.addresses().forEach(address -> owed.add(address + " of " + pupil.fullName()));
      }
    }
    return owed;
  }

  /** Who was told of whom of the larger school, and by which notifications. */
  private Map<String, Set<String>> told() {
    Set<String> names =
        stage.school().pupils().stream().map(Pupil::fullName).collect(Collectors.toSet());
    Map<String, Set<String>> told = new HashMap<>();
    for (JsonObject message : stage.messages()) {
      names.stream()
          .filter(message.getString("text")::contains)
          .findFirst()
          .ifPresent(
              name ->
                  told.computeIfAbsent(
                          message.getString("to") + " of " + name, who -> new HashSet<>())
                      .add(message.getString("notification")));
    }
    return told;
  }

  private Set<String> toldTwice() {
    Set<String> once = new HashSet<>();
    Set<String> twice =
        stage.messages().stream()
            .map(message -> message.getString("notification"))
            .filter(id -> !once.add(id))
            .collect(Collectors.toSet());
    assertThat(told().values())
        .as("notifications of one pupil to one address")
        .allMatch(ids -> ids.size() == 1);
    return twice;
  }
}
