package porteria.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.schedule.Mornings.alarms;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.LiveSocket;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Alarms while a gate may know more than we do, and what becomes of those that were wrong. */
@Telling
@ExtendWith(RunningServerExtension.class)
class DarkGateTest {

  private final RunningServer server;
  private final TestSchool school;
  private final Mornings morning;
  private final TestPupil ana;
  private final TestPupil ben;
  private final String anas;
  private final String bens;

  DarkGateTest(RunningServer server) {
    this.server = server;
    school = server.school();
    morning = Mornings.next(server);
    ana = school.pupil("Ana Rojas");
    ben = school.pupil("Ben Soto");
    anas = school.watchfulGuardianOf(ana);
    bens = school.watchfulGuardianOf(ben);
  }

  private Reply held() {
    return server.get("/attendance/alarms", school.login(Role.INSPECTOR));
  }

  private Reply release(Role role) {
    return server.post("/attendance/alarms/release", school.login(role), new JsonObject());
  }

  /** A quarter past eight, and the south gate was last heard at eight. */
  private void southIsSilent() {
    morning.moveTo("08:00");
    school.south().report(0);
    morning.moveTo("08:15");
    school.north().report(0);
    await().until(() -> held().json().getInteger("held") == 2);
  }

  @Test
  void while_a_gate_is_silent_the_alarm_is_held_and_staff_are_told_which_gate_and_since_when() {
    southIsSilent();
    JsonObject alarms = held().json();
    assertThat(alarms.getString("since")).isEqualTo(morning.at("08:15").toString());
    assertThat(alarms.getString("release_at")).isEqualTo(morning.at("08:35").toString());
    assertThat(held().list("gates"))
        .singleElement()
        .satisfies(
            gate -> {
              assertThat(gate.getString("gate")).isEqualTo("Puerta Sur");
              assertThat(gate.getString("reason")).isEqualTo("SILENT");
              assertThat(gate.getString("since")).isEqualTo(morning.at("08:00").toString());
            });
    assertThat(school.totals().getInteger("held")).isEqualTo(2);
    assertThat(alarms(server, bens)).isEmpty();
  }

  @Test
  void held_alarms_are_forgotten_when_the_day_turns_out_to_be_closed() {
    southIsSilent();
    assertThat(
            server
                .post(
                    "/schedules/exceptions",
                    school.login(Role.DIRECTOR),
                    new JsonObject()
                        .put("scope", "GLOBAL")
                        .put("date", morning.day().toString())
                        .put("closed", true)
                        .put("reason", "Corte de luz"))
                .status())
        .isEqualTo(201);
    await().until(() -> held().json().getInteger("held") == 0);
    assertThat(noShows("RAISED")).isZero();
  }

  @Test
  void who_is_made_inactive_meanwhile_is_dropped() {
    southIsSilent();
    school.deactivate(ana, server.now());
    await().until(() -> noShows("DROPPED") == 1);
    assertThat(held().json().getInteger("held")).isEqualTo(1);
  }

  @Test
  void taking_the_dark_kiosk_out_of_use_does_not_make_it_speak() {
    southIsSilent();
    server.post(
        "/devices/" + school.south().id() + "/revoke", school.login(Role.ADMIN), new JsonObject());
    school.north().report(0);
    morning.moveTo("08:36");
    await().until(() -> alarms(server, anas).size() == 1);
    assertThat(alarms(server, anas).getFirst()).contains("sin conexión");
  }

  @Test
  void an_alarm_that_nobody_could_send_until_the_end_of_the_day_is_not_sent_at_all() {
    server.providers().fail(new JsonObject().put("mode", "500"));
    try {
      morning.moveTo("08:15");
      Mornings.allGatesReport(school);
      awaitMessageOfAna("attempt > 0");
      morning.moveTo("23:00");
      awaitMessageOfAna("status = 'FAILED'");
    } finally {
      server.providers().recover();
    }
    assertThat(alarms(server, anas)).isEmpty();
  }

  /** Until a message about Ana is as the condition says. */
  private void awaitMessageOfAna(String condition) {
    await()
        .until(
            () ->
                server
                        .sql()
                        .number(
                            "SELECT count(*) FROM notification WHERE student_id = ? AND "
                                + condition,
                            ana.id())
                    == 1);
  }

  private long noShows(String status) {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM no_show WHERE school_id = ? AND status = ?", school.id(), status);
  }

  @Test
  void the_directors_dashboard_hears_of_it_at_once_and_of_its_end() {
    LiveSocket dashboard = LiveSocket.open(server, school.login(Role.DIRECTOR), school.id());
    southIsSilent();
    await().until(() -> held(dashboard).contains(2));
    release(Role.DIRECTOR);
    await().until(() -> held(dashboard).getLast().equals(0));
    assertThat(dashboard.news().getFirst().getJsonObject("alarms").getJsonArray("gates").encode())
        .contains("Puerta Sur", "SILENT");
  }

  /** How many alarms the dashboard was told are held, one after the other. */
  private static List<Integer> held(LiveSocket dashboard) {
    return dashboard.news().stream()
        .filter(frame -> frame.getString("type").equals("alarms"))
        .map(frame -> frame.getJsonObject("alarms").getInteger("held"))
        .distinct()
        .toList();
  }

  @Test
  void when_the_gate_has_synced_those_who_entered_there_are_dropped_and_the_others_told() {
    southIsSilent();
    morning.moveTo("08:20");
    school.south().report(1);
    await()
        .untilAsserted(
            () ->
                assertThat(held().list("gates"))
                    .extracting(gate -> gate.getString("reason"))
                    .containsExactly("QUEUE"));
    school.south().in(ana, morning.at("07:55"));
    assertThat(alarms(server, bens)).isEmpty();
    school.south().report(0);
    school.north().report(0);
    await().until(() -> alarms(server, bens).size() == 1);
    assertThat(alarms(server, bens).getFirst())
        .startsWith("Sin registro de llegada: Ben Soto no registra ingreso a las 08:15");
    await().until(() -> !server.told(anas).isEmpty());
    assertThat(server.told(anas)).singleElement().asString().contains("entró", "07:55");
    assertThat(held().json()).isEqualTo(new JsonObject("{\"held\":0,\"gates\":[]}"));
  }

  @Test
  void a_gate_that_sends_scans_again_is_waited_for_until_it_says_that_it_has_sent_all() {
    southIsSilent();
    morning.moveTo("08:20");
    school.south().in(ben, morning.at("07:54"));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(20))
        .until(() -> held().json().getInteger("held") == 1);
    school.south().in(ana, morning.at("07:55"));
    school.south().report(0);
    school.north().report(0);
    await().until(() -> held().json().getInteger("held") == 0);
    await().until(() -> server.told(anas).stream().anyMatch(text -> text.contains("entró")));
    assertThat(alarms(server, anas)).isEmpty();
    assertThat(alarms(server, bens)).isEmpty();
  }

  @Test
  void the_director_may_raise_them_at_once_and_the_wording_says_that_a_gate_is_offline() {
    southIsSilent();
    assertThat(release(Role.INSPECTOR).status()).isEqualTo(403);
    assertThat(release(Role.DIRECTOR).json())
        .isEqualTo(new JsonObject().put("raised", 2).put("dropped", 0));
    await().until(() -> alarms(server, bens).size() == 1);
    assertThat(alarms(server, bens).getFirst()).contains("sin conexión");
    assertThat(release(Role.DIRECTOR).json())
        .isEqualTo(new JsonObject().put("raised", 0).put("dropped", 0));
    List<JsonObject> trail =
        server.get("/audit?action=alarms.released", school.login(Role.DIRECTOR)).list("items");
    assertThat(trail).hasSize(2);
  }

  @Test
  void after_the_longest_hold_they_go_out_saying_that_a_gate_is_offline() {
    southIsSilent();
    morning.moveTo("08:35");
    await().until(() -> alarms(server, anas).size() == 1);
    assertThat(alarms(server, anas).getFirst())
        .isEqualTo(
            "Llegada sin confirmar: Ana Rojas no registra ingreso a las 08:15 (entrada a las 08:00)."
                + " Una de las puertas está sin conexión; puede que haya entrado. Te avisaremos en"
                + " cuanto lo sepamos.");
  }

  @Test
  void a_scan_that_comes_after_the_alarm_corrects_it_once_however_old_it_is() {
    southIsSilent();
    morning.moveTo("08:35");
    await().until(() -> alarms(server, anas).size() == 1);
    server.clock().advance(Duration.ofDays(4));
    school.south().in(ana, morning.at("07:58"));
    await().until(() -> alarms(server, anas).size() == 2);
    assertThat(alarms(server, anas).getLast())
        .startsWith("Corrección: Ana Rojas sí pasó por Puerta Sur a las 07:58.");
    school.south().out(ana, morning.at("13:00"));
    school.north().in(ben, server.now());
    await().until(() -> server.told(bens).stream().anyMatch(text -> text.contains("entró")));
    assertThat(alarms(server, anas)).hasSize(2);
    assertThat(alarms(server, bens)).as("came another day").hasSize(1);
    assertThat(kinds()).containsExactly("ALARMED_THEN_ARRIVED");
  }

  private List<String> kinds() {
    return school
        .get("/attendance/discrepancies?from=" + morning.day() + "&to=" + morning.day())
        .list("items")
        .stream()
        .map(item -> item.getString("kind"))
        .toList();
  }

  @Test
  void who_comes_late_after_the_alarm_is_told_so_at_once() {
    morning.moveTo("08:15");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, anas).size() == 1);
    morning.moveTo("08:40");
    school.north().in(ana, morning.at("08:40"));
    await().until(() -> server.told(anas).size() == 3);
    assertThat(alarms(server, anas)).hasSize(2);
    assertThat(alarms(server, anas).getLast()).contains("Puerta Norte a las 08:40");
    assertThat(server.told(anas)).anyMatch(text -> text.contains("entró a las 08:40"));
  }

  @Test
  void an_alarm_that_no_provider_has_taken_is_withdrawn_without_a_correction() {
    server.providers().fail(new JsonObject().put("mode", "500"));
    try {
      morning.moveTo("08:15");
      Mornings.allGatesReport(school);
      awaitMessageOfAna("status = 'QUEUED' AND attempt > 0");
      school.north().in(ana, morning.at("08:14"));
      await()
          .until(
              () ->
                  server
                          .sql()
                          .number(
                              "SELECT count(*) FROM no_show WHERE student_id = ? AND status ="
                                  + " 'DROPPED'",
                              ana.id())
                      == 1);
    } finally {
      server.providers().recover();
    }
    server.clock().advance(Duration.ofMinutes(10));
    await().until(() -> server.told(anas).size() == 1);
    assertThat(server.told(anas).getFirst()).contains("entró");
    await().until(() -> alarms(server, bens).size() == 1);
  }
}
