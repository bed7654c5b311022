package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.multipart.MultipartForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;

/** A phone that changes hands opens nothing any more, and nothing is sent to it. */
@Telling
@ExtendWith(RunningServerExtension.class)
class LostContactsTest {

  private static final String OTHER_PHONE = "+56911112222";

  private final RunningServer server;
  private final RosterDesk desk;
  private final TestPupil ana;
  private final TestParent maria;

  LostContactsTest(RunningServer server) {
    this.server = server;
    desk = new RosterDesk(server, server.school());
    ana = desk.school().pupil("Ana Rojas");
    maria = desk.school().parentOf(ana);
  }

  @Test
  void another_phone_ends_what_the_one_before_opened() {
    String session = maria.signIn();
    String link = maria.newToken();
    change(RosterDesk.whatsApp(OTHER_PHONE));
    assertThat(me(session)).isEqualTo(401);
    assertThat(maria.redeem(link).await().status()).isEqualTo(401);
  }

  @Test
  void a_contact_that_is_left_out_ends_it_too_though_another_stays() {
    change(RosterDesk.whatsApp("+" + maria.phone()), RosterDesk.email("m@example.org"));
    String session = maria.signIn();
    change(RosterDesk.whatsApp("+" + maria.phone()));
    assertThat(me(session)).isEqualTo(401);
  }

  @Test
  void who_only_gains_a_contact_or_a_name_stays_signed_in() {
    String session = maria.signIn();
    change(RosterDesk.whatsApp("+" + maria.phone()), RosterDesk.email("m@example.org"));
    change(
        RosterDesk.whatsApp("+" + maria.phone()).put("verified", true),
        RosterDesk.email("m@example.org"));
    assertThat(me(session)).isEqualTo(200);
  }

  @Test
  void a_link_asked_for_while_the_phone_is_taken_away_is_not_made() {
    server.sql().lines("BEGIN");
    server.sql().lines("DELETE FROM guardian_contact WHERE guardian_id = ?", maria.id());
    maria.ask();
    await().until(() -> held() + links() > 0);
    server.sql().lines("COMMIT");
    await().until(() -> waiting() == 0);
    assertThat(links()).isZero();
  }

  @Test
  void sessions_of_others_go_on() {
    TestParent pedro = desk.school().parentOf(ana);
    String session = pedro.signIn();
    change(RosterDesk.whatsApp(OTHER_PHONE));
    assertThat(me(session)).isEqualTo(200);
  }

  @Test
  void what_is_on_its_way_to_the_phone_before_is_taken_back() {
    message("QUEUED", "+" + maria.phone());
    message("SENDING", "+" + maria.phone());
    change(RosterDesk.whatsApp(OTHER_PHONE));
    assertThat(messages()).containsExactlyInAnyOrder("CANCELLED t", "SENDING t");
  }

  @Test
  void what_goes_to_a_phone_that_stays_goes_on() {
    change(RosterDesk.whatsApp("+" + maria.phone()), RosterDesk.email("m@example.org"));
    message("QUEUED", "+" + maria.phone());
    change(RosterDesk.whatsApp("+" + maria.phone()));
    assertThat(messages()).containsExactly("QUEUED f");
  }

  @Test
  void what_goes_to_a_phone_that_is_also_the_fathers_goes_on() {
    desk.school().guardianOf(ana, maria.phone(), "Pedro Rojas");
    message("QUEUED", "+" + maria.phone());
    change(RosterDesk.whatsApp(OTHER_PHONE));
    assertThat(messages()).containsExactly("QUEUED f");
  }

  @Test
  void a_file_that_brings_another_phone_ends_the_same() {
    String session = maria.signIn();
    String link = maria.newToken();
    message("QUEUED", "+" + maria.phone());
    TestParent pedro = desk.school().parentOf(desk.school().pupil("Luis Vera"));
    String pedros = pedro.signIn();
    load(OTHER_PHONE, "");
    assertThat(me(session)).isEqualTo(401);
    assertThat(maria.redeem(link).await().status()).isEqualTo(401);
    assertThat(messages()).containsExactly("CANCELLED t");
    assertThat(me(pedros)).isEqualTo(200);
  }

  @Test
  void a_file_that_only_adds_a_mailbox_ends_nothing() {
    String session = maria.signIn();
    load("+" + maria.phone(), "m@example.org");
    assertThat(me(session)).isEqualTo(200);
  }

  @Test
  void who_is_made_inactive_is_signed_out_for_good_and_told_nothing_more() {
    String session = maria.signIn();
    message("QUEUED", "+" + maria.phone());
    for (String status : List.of("INACTIVE", "ACTIVE")) {
      JsonObject changed =
          RosterDesk.guardian("María Soto", RosterDesk.whatsApp("+" + maria.phone()))
              .put("status", status);
      assertThat(desk.put("/guardians/" + maria.id(), changed).status()).isEqualTo(200);
    }
    assertThat(me(session)).isEqualTo(401);
    assertThat(messages()).containsExactly("CANCELLED t");
  }

  @Test
  void who_is_erased_is_signed_out_and_told_nothing_more() {
    String session = maria.signIn();
    message("QUEUED", "+" + maria.phone());
    message("SENDING", "+" + maria.phone());
    desk.post("/guardians/" + maria.id() + "/erase", new JsonObject().put("reason", "LEFT_SCHOOL"));
    assertThat(me(session)).isEqualTo(401);
    assertThat(messages()).containsExactlyInAnyOrder("CANCELLED t", "SENDING t");
  }

  private long held() {
    return server.sql().number("SELECT count(*) FROM pg_locks WHERE NOT granted");
  }

  /** The server's transactions under way. */
  private long waiting() {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'porteria-web' AND state <> 'idle'");
  }

  private long links() {
    return server.sql().number("SELECT count(*) FROM magic_link WHERE guardian_id = ?", maria.id());
  }

  private int me(String session) {
    return server.get("/parents/me", session).status();
  }

  private void change(JsonObject... contacts) {
    Reply changed =
        desk.put("/guardians/" + maria.id(), RosterDesk.guardian("María Soto", contacts));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
  }

  private void load(String phone, String mailbox) {
    server.sql().lines("UPDATE student SET student_number = '7' WHERE id = ?", ana.id());
    String file =
        """
        student_number,full_name,course,guardian1_name,guardian1_phone,guardian1_email
        7,Ana Rojas,4.º Básico B,María Soto,%s,%s
        """
            .formatted(phone, mailbox);
    Reply loaded =
        Reply.of(
            server
                .request(HttpMethod.POST, "/api/v1/roster/import")
                .bearerTokenAuthentication(desk.school().login(Role.ADMIN))
                .sendMultipartForm(
                    MultipartForm.create()
                        .binaryFileUpload("file", "a.csv", Buffer.buffer(file), "text/csv"))
                .await());
    assertThat(loaded.json().getBoolean("imported")).as(loaded.text()).isTrue();
  }

  /** One about the pupil that no sender touches: it is not due, or another's, for years. */
  private void message(String status, String phone) {
    server
        .sql()
        .lines(
            "INSERT INTO notification (school_id, cause_id, cause, student_id, guardian_id, type,"
                + " channel, address, template, language, payload, lane, status, due_at,"
                + " lease_until, created_at) VALUES (?, uuidv7(), 'ENTRY', ?, ?, 'INGRESO_OK',"
                + " 'WHATSAPP', ?, 'ingreso_ok', 'es', '{}', 0, ?, '2036-06-10Z',"
                + " CASE ? WHEN 'SENDING' THEN '2036-06-10Z'::timestamptz END, '2026-06-10Z')",
            desk.school().id(),
            ana.id(),
            maria.id(),
            phone,
            status,
            status);
  }

  private List<String> messages() {
    return server
        .sql()
        .lines(
            "SELECT status, recalled FROM notification WHERE guardian_id = ? AND cause = 'ENTRY'",
            maria.id());
  }
}
