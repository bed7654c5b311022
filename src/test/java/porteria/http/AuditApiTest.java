package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

@ExtendWith(RunningServerExtension.class)
class AuditApiTest {

  private static final String ACT = "attendance.annulled";

  private final RunningServer server;
  private TestSchool school;
  private TestPupil ana;

  AuditApiTest(RunningServer server) {
    this.server = server;
  }

  @BeforeEach
  void found() {
    school = server.school();
    ana = school.pupil("Ana Soto");
  }

  @Test
  void an_annulment_by_a_kiosk_is_written_down() {
    String event = annulledByKiosk();
    JsonObject entry = only("?action=" + ACT);
    assertThat(entry.getString("entity")).isEqualTo("attendance_event");
    assertThat(entry.getString("entity_id")).isEqualTo(event);
    assertThat(entry.getString("at")).isEqualTo(server.now().toString());
    JsonObject actor = entry.getJsonObject("actor");
    assertThat(actor.getString("kind")).isEqualTo("KIOSK");
    assertThat(actor.getString("id")).isEqualTo(school.north().id().toString());
    assertThat(actor.getString("ip")).isEqualTo("127.0.0.1");
    assertThat(entry.getJsonObject("before").getString("type")).isEqualTo("IN");
    assertThat(entry.getJsonObject("after").fieldNames())
        .as("of what stays for ever; the reason may hold a name")
        .containsExactlyInAnyOrder("annulled_at", "families_told");
  }

  @Test
  void an_annulment_by_staff_names_the_person_and_their_role() {
    annulledByStaff("por error");
    JsonObject actor = only("?action=" + ACT).getJsonObject("actor");
    assertThat(actor.getString("kind")).isEqualTo("STAFF");
    assertThat(actor.getString("role")).isEqualTo("INSPECTOR");
    assertThat(list("?action=" + ACT + "&actor=" + actor.getString("id"))).hasSize(1);
    assertThat(list("?actor=" + school.north().id())).isEmpty();
  }

  @Test
  void what_was_annulled_already_or_not_at_all_is_not_written_down() {
    String event = annulledByKiosk();
    school.north().annul(event);
    school.south().annul(school.north().in(ana, server.now()).get("event_id"));
    assertThat(list("?action=" + ACT)).hasSize(1);
  }

  @Test
  void entries_come_newest_first_in_pages() {
    List<String> events = List.of(annulledByKiosk(), annulledByKiosk(), annulledByKiosk());
    Reply first = get("/audit?limit=2&action=" + ACT);
    assertThat(first.list("items"))
        .extracting(item -> item.getString("entity_id"))
        .containsExactly(events.get(2), events.get(1));
    Reply second = get("/audit?limit=2&action=" + ACT + "&cursor=" + first.get("next_cursor"));
    assertThat(second.list("items"))
        .extracting(item -> item.getString("entity_id"))
        .containsExactly(events.get(0));
    assertThat(second.json().getString("next_cursor")).isNull();
  }

  @Test
  void entries_are_found_by_what_was_acted_upon_and_by_time() {
    String earlier = annulledByKiosk();
    server.clock().advance(Duration.ofMinutes(1));
    String later = annulledByKiosk();
    assertThat(only("?entity=attendance_event&entity_id=" + earlier).getString("action"))
        .isEqualTo(ACT);
    assertThat(only("?action=" + ACT + "&from=" + server.now()).getString("entity_id"))
        .isEqualTo(later);
    assertThat(only("?action=" + ACT + "&to=" + server.now()).getString("entity_id"))
        .isEqualTo(earlier);
    assertThat(list("?entity=staff_user&entity_id=" + earlier)).isEmpty();
  }

  @Test
  void another_school_sees_nothing_of_it() {
    annulledByKiosk();
    Reply other = server.get("/audit?action=" + ACT, server.school().login(Role.DIRECTOR));
    assertThat(other.list("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/audit", "/audit.csv"})
  void an_inspector_may_not_look(String path) {
    assertThat(server.get(path, school.login(Role.INSPECTOR)).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cursor=x",
        "cursor=",
        "actor=1",
        "from=yesterday",
        "limit=0",
        "action=%00",
        "entity_id=%00"
      })
  void what_is_not_a_filter_is_refused(String query) {
    assertThat(get("/audit?" + query).status()).isEqualTo(400);
  }

  @Test
  void the_table_holds_what_the_list_holds_and_is_an_entry_itself() {
    String event = annulledByKiosk();
    Reply table = get("/audit.csv?action=" + ACT);
    assertThat(table.status()).isEqualTo(200);
    assertThat(table.header("content-type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(table.header("content-disposition")).isEqualTo("attachment; filename=\"audit.csv\"");
    assertThat(table.text().split("\r\n")).hasSize(2);
    assertThat(table.text())
        .startsWith("\"seq\",\"at\",\"actor_kind\"")
        .contains("\"" + event + "\"", "\"\"families_told\"\": false");
    JsonObject export = only("?action=audit.exported");
    assertThat(export.getJsonObject("actor").getString("role")).isEqualTo("DIRECTOR");
    assertThat(export.getJsonObject("after"))
        .isEqualTo(new JsonObject().put("entries", 1).put("action", ACT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"})
  void no_cell_begins_as_a_formula(String text) {
    assertThat(Csv.line(List.of(text, "a\"b"))).isEqualTo("\"'" + text + "\",\"a\"\"b\"\r\n");
  }

  @Test
  void a_formula_that_became_an_entry_leaves_as_text() {
    server
        .sql()
        .lines(
            "WITH named AS MATERIALIZED (SELECT set_config('porteria.school', ?, false))"
                + " INSERT INTO audit_log (school_id, at, actor_kind, action, entity, entity_id)"
                + " SELECT ?, now(), 'SYSTEM', 'a.b', 'c', '=HYPERLINK(1)' FROM named",
            school.id().toString(),
            school.id());
    assertThat(get("/audit.csv?entity=c").text()).contains("\"'=HYPERLINK(1)\"");
  }

  private String annulledByKiosk() {
    String event = school.north().in(ana, server.now()).get("event_id");
    assertThat(school.north().annul(event).status()).isEqualTo(200);
    return event;
  }

  private void annulledByStaff(String reason) {
    String event = school.north().in(ana, server.now()).get("event_id");
    server.post(
        "/attendance/events/" + event + "/annul",
        school.login(Role.INSPECTOR),
        new JsonObject().put("reason", reason));
  }

  private JsonObject only(String query) {
    List<JsonObject> found = list(query);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<JsonObject> list(String query) {
    return get("/audit" + query).list("items");
  }

  private Reply get(String path) {
    return server.get(path, school.login(Role.DIRECTOR));
  }
}
