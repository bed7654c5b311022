package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.broadcast.BroadcastDesk.hours;
import static porteria.broadcast.BroadcastDesk.mailbox;
import static porteria.broadcast.BroadcastDesk.notice;
import static porteria.broadcast.BroadcastDesk.phone;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;

/** What is previewed is told, to those who still want it, once. */
@ExtendWith(RunningServerExtension.class)
@Telling
class SendTest {

  private static final List<String> PHONE = List.of("WHATSAPP");
  private static final List<String> BOTH = List.of("WHATSAPP", "EMAIL");

  private final RunningServer server;
  private BroadcastDesk desk;

  SendTest(RunningServer server) {
    this.server = server;
  }

  @BeforeEach
  void open() {
    desk = new BroadcastDesk(server);
  }

  @AfterEach
  void clear() {
    server.providers().clear();
  }

  @Test
  void two_families_who_share_a_phone_read_one_message_that_names_each_child() {
    TestPupil ana = desk.school.pupil("Ana Rojas");
    TestPupil luis = desk.school.pupil("Luis Rojas");
    TestPupil eva = desk.school.pupil("Eva Díaz");
    String shared = phone();
    desk.contact(desk.guardian(PHONE, ana, luis), shared);
    desk.contact(desk.guardian(PHONE, eva), shared);
    awaitSent(send(1));
    assertThat(desk.read(shared))
        .containsExactly(
            "Cambio de horario para Ana Rojas, Eva Díaz y Luis Rojas. El viernes 12 de junio rige"
                + " lo siguiente: salida a las 12:30. El motivo: consejo de profesores. Si tienes"
                + " dudas, llama al colegio.");
  }

  @Test
  void another_count_than_the_preview_said_is_refused_naming_both() {
    desk.families(2);
    String id = desk.previewed();
    Reply refused = desk.send(id, 3);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("2 recipients", "expected 3");
    assertThat(desk.status(id)).isEqualTo("PREVIEW");
  }

  @Test
  void asked_twice_at_once_and_once_more_it_is_sent_once() {
    List<String> phones = desk.families(20);
    String id = desk.previewed();
    String director = desk.school.login(Role.DIRECTOR);
    JsonObject body = BroadcastDesk.sending(id, 20);
    Future<Reply> one = server.posted("/broadcast/send", director, body);
    Future<Reply> other = server.posted("/broadcast/send", director, body);
    Reply first = one.await();
    assertThat(first.status()).isEqualTo(202);
    assertThat(other.await().text()).isEqualTo(first.text());
    assertThat(desk.send(id, 20).text()).isEqualTo(first.text());
    awaitSent(id);
    assertThat(desk.reads(phones)).containsOnly(1);
    assertThat(audited("broadcast.sent", id)).isEqualTo(1);
  }

  @Test
  void cancelled_it_tells_nobody_any_more_and_says_how_many_it_told() {
    List<String> phones = desk.families(3);
    laterFor(phones.getLast());
    String id = send(3);
    await().until(() -> desk.count(id, "QUEUED") == 1 && told(id) == 2);
    Reply cancelled = desk.cancel(id);
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().getInteger("told")).isEqualTo(2);
    assertThat(desk.count(id, "CANCELLED")).isEqualTo(1);
    assertThat(desk.cancel(id).text()).isEqualTo(cancelled.text());
    assertThat(desk.send(id, 3).status()).isEqualTo(409);
    assertThat(audited("broadcast.cancelled", id)).isEqualTo(1);
  }

  @Test
  void a_cancelled_preview_is_never_sent() {
    desk.families(1);
    String id = desk.previewed();
    assertThat(desk.cancel(id).json().getInteger("told")).isZero();
    assertThat(desk.send(id, 1).status()).isEqualTo(409);
  }

  @Test
  void what_was_sent_to_all_is_not_cancelled() {
    desk.families(1);
    String id = send(1);
    awaitSent(id);
    assertThat(desk.cancel(id).status()).isEqualTo(409);
  }

  @Test
  void whoever_answers_for_none_of_the_children_any_more_is_not_told() {
    TestPupil ana = desk.school.pupil("Ana Rojas");
    TestPupil luis = desk.school.pupil("Luis Rojas");
    UUID gone = desk.guardian(PHONE, ana);
    String phone = phone();
    desk.contact(gone, phone);
    UUID half = desk.guardian(PHONE, ana, luis);
    String other = phone();
    desk.contact(half, other);
    String id = desk.previewed();
    unlink(gone, ana);
    unlink(half, luis);
    desk.send(id, 2);
    awaitSent(id);
    assertThat(desk.read(phone)).isEmpty();
    assertThat(desk.read(other)).hasSize(1);
    assertThat(desk.read(other).getFirst()).contains("para Ana Rojas.").doesNotContain("Luis");
    assertThat(failures(id)).isEqualTo(new JsonObject().put("NOT_WANTED", 1));
  }

  @Test
  void whoever_said_no_after_the_preview_is_not_told() {
    List<String> phones = desk.families(1);
    desk.suppress(phones.getFirst());
    assertThat(desk.preview(hours()).json().getInteger("recipients")).isZero();
    String off = phone();
    desk.contact(desk.guardian(PHONE, desk.school.pupil("Eva Díaz")), off);
    String unwilling = phone();
    UUID guardian = desk.guardian(PHONE, desk.school.pupil("Ana Rojas"));
    desk.contact(guardian, unwilling);
    String id = desk.previewed();
    desk.suppress(off);
    server.sql().lines("UPDATE guardian SET notification_prefs = '{}' WHERE id = ?", guardian);
    desk.send(id, 2);
    awaitSent(id);
    assertThat(desk.reads(List.of(off, unwilling))).containsExactly(0, 0);
    assertThat(failures(id)).isEqualTo(new JsonObject().put("NOT_WANTED", 2));
  }

  @Test
  void what_failed_is_sent_again_and_nothing_else() {
    List<String> phones = desk.families(3);
    refuse(phones.get(0));
    String id = desk.previewed();
    desk.suppress(phones.get(1));
    desk.send(id, 3);
    awaitSent(id);
    assertThat(failures(id)).isEqualTo(new JsonObject().put("RECIPIENT", 1).put("NOT_WANTED", 1));
    server.providers().recover();
    JsonObject done = desk.post("/broadcast/" + id + "/retry-failed", new JsonObject()).json();
    assertThat(done).isEqualTo(new JsonObject().put("queued", 1).put("left", 1));
    await().untilAsserted(() -> assertThat(desk.reads(phones)).containsExactly(1, 0, 1));
    awaitSent(id);
    assertThat(audited("broadcast.retried", id)).isEqualTo(1);
  }

  @Test
  void what_was_not_sent_or_was_stopped_is_not_sent_again() {
    desk.families(1);
    String id = desk.previewed();
    String retry = "/broadcast/" + id + "/retry-failed";
    assertThat(desk.post(retry, new JsonObject()).status()).isEqualTo(409);
    desk.cancel(id);
    assertThat(desk.post(retry, new JsonObject()).status()).isEqualTo(409);
  }

  @Test
  void what_is_retried_is_not_told_to_whoever_said_no_meanwhile() {
    List<String> phones = desk.families(1);
    refuse(phones.getFirst());
    String id = send(1);
    awaitSent(id);
    server.providers().recover();
    desk.suppress(phones.getFirst());
    assertThat(desk.post("/broadcast/" + id + "/retry-failed", new JsonObject()).json())
        .isEqualTo(new JsonObject().put("queued", 0).put("left", 1));
    assertThat(desk.read(phones.getFirst())).isEmpty();
  }

  @Test
  void a_mail_that_stands_in_names_the_children_of_its_own_reader_alone() {
    String shared = phone();
    TestPupil ana = desk.school.pupil("Ana Rojas");
    TestPupil eva = desk.school.pupil("Eva Díaz");
    UUID anas = desk.guardian(BOTH, ana);
    UUID evas = desk.guardian(BOTH, eva);
    String anasMail = mailbox();
    String evasMail = mailbox();
    desk.contact(anas, shared);
    desk.contact(anas, anasMail);
    desk.contact(evas, shared);
    desk.contact(evas, evasMail);
    refuse(shared);
    String id = send(1);
    await()
        .untilAsserted(() -> assertThat(desk.reads(List.of(anasMail, evasMail))).containsOnly(1));
    assertThat(desk.read(anasMail).getFirst()).contains("Ana Rojas").doesNotContain("Eva");
    assertThat(desk.read(evasMail).getFirst()).contains("Eva Díaz").doesNotContain("Ana");
    awaitSent(id);
    assertThat(desk.view(id).getJsonObject("progress").getInteger("by_mail_instead")).isEqualTo(2);
  }

  @Test
  void two_families_who_share_a_mailbox_each_read_of_their_own_child_there() {
    String mail = mailbox();
    List<String> phones = List.of(phone(), phone());
    List<String> children = List.of("Ana Rojas", "Eva Díaz");
    for (int i = 0; i < 2; i++) {
      UUID guardian = desk.guardian(BOTH, desk.school.pupil(children.get(i)));
      desk.contact(guardian, phones.get(i));
      desk.contact(guardian, mail);
      refuse(phones.get(i));
    }
    String id = send(2);
    await().untilAsserted(() -> assertThat(desk.read(mail)).hasSize(2));
    assertThat(desk.read(mail)).filteredOn(text -> text.contains("Ana Rojas")).hasSize(1);
    assertThat(desk.read(mail)).filteredOn(text -> text.contains("Eva Díaz")).hasSize(1);
    awaitSent(id);
  }

  @Test
  void free_text_goes_by_mail_alone_and_names_the_children() {
    TestPupil ana = desk.school.pupil("Ana Rojas");
    UUID both = desk.guardian(BOTH, ana);
    String phone = phone();
    String mail = mailbox();
    desk.contact(both, phone);
    desk.contact(both, mail);
    Reply preview =
        desk.preview(notice("Reunión de apoderados", "Nos vemos el jueves.\n\nTraigan <ideas>."));
    assertThat(preview.json().getInteger("recipients")).isEqualTo(1);
    String id = preview.get("broadcast_id");
    desk.send(id, 1);
    awaitSent(id);
    JsonObject read = server.mails(mail).getFirst();
    assertThat(read.getString("subject")).isEqualTo("Reunión de apoderados");
    assertThat(read.getString("text"))
        .contains("Ana Rojas", "Nos vemos el jueves.\n", "Traigan <ideas>.");
    assertThat(read.getString("html")).contains("Traigan &lt;ideas&gt;.");
    assertThat(desk.read(phone)).isEmpty();
  }

  @Test
  void a_child_who_arrives_overtakes_it() {
    List<String> phones = desk.families(120);
    TestPupil late = desk.school.pupil("Llega Ahora");
    String waiting = desk.school.guardianOf(late);
    server
        .providers()
        .fail(new JsonObject().put("channel", "WHATSAPP").put("mode", "slow").put("delay_ms", 250));
    String id = send(120);
    await().until(() -> desk.reads(phones).contains(1));
    desk.school.north().in(late, server.now());
    await().until(() -> !server.told(waiting).isEmpty());
    assertThat(desk.reads(phones)).as("of the broadcast meanwhile").contains(0);
    server.providers().recover();
    awaitSent(id);
    assertThat(desk.reads(phones)).containsOnly(1);
  }

  @Test
  void the_report_masks_addresses_and_holds_no_formula() {
    String phone = phone();
    desk.contact(desk.guardian(PHONE, desk.school.pupil("=HYPERLINK(\"x\") Ñandú")), phone);
    String id = send(1);
    awaitSent(id);
    Reply report = desk.get("/broadcast/" + id + "/report");
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(report.text())
        .contains("\"'=HYPERLINK(\"\"x\"\") Ñandú\"", "\"WHATSAPP\"", "••••")
        .doesNotContain(phone);
    assertThat(audited("broadcast.exported", id)).isEqualTo(1);
  }

  @Test
  void the_list_goes_from_the_newest_page_by_page() {
    desk.families(1);
    String first = desk.previewed();
    String second = desk.previewed();
    Reply page = desk.get("/broadcasts?limit=1");
    assertThat(page.list("items")).extracting(each -> each.getString("id")).containsExactly(second);
    Reply next = desk.get("/broadcasts?limit=1&cursor=" + page.get("next_cursor"));
    assertThat(next.list("items")).extracting(each -> each.getString("id")).containsExactly(first);
    assertThat(next.json().getString("next_cursor")).isNull();
  }

  @Test
  void an_erased_guardian_leaves_no_address_in_the_ledger() {
    String phone = phone();
    UUID guardian = desk.guardian(PHONE, desk.school.pupil("Ana Rojas"));
    desk.contact(guardian, phone);
    String id = desk.previewed();
    server.post(
        "/guardians/" + guardian + "/erase",
        desk.school.login(Role.ADMIN),
        new JsonObject().put("reason", "REQUESTED"));
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT status || address FROM broadcast_recipient WHERE broadcast_id = ?",
                    UUID.fromString(id)))
        .containsExactly("CANCELLED");
  }

  private String send(int recipients) {
    String id = desk.previewed();
    assertThat(desk.send(id, recipients).status()).isEqualTo(202);
    return id;
  }

  private void awaitSent(String id) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(desk.status(id)).isEqualTo("SENT"));
  }

  private int told(String id) {
    return desk.count(id, "SENT") + desk.count(id, "DELIVERED") + desk.count(id, "READ");
  }

  private JsonObject failures(String id) {
    return desk.view(id).getJsonObject("progress").getJsonObject("failures");
  }

  /** WhatsApp takes what goes there only later. */
  private void laterFor(String phone) {
    fail(phone, 131_056);
  }

  /** There is nobody at this phone. */
  private void refuse(String phone) {
    fail(phone, 131_026);
  }

  private void fail(String phone, int code) {
    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("mode", "code")
                .put("code", code)
                .put("to", phone));
  }

  private void unlink(UUID guardian, TestPupil pupil) {
    server
        .sql()
        .lines(
            "DELETE FROM student_guardian WHERE guardian_id = ? AND student_id = ?",
            guardian,
            pupil.id());
  }

  private long audited(String action, String id) {
    return server
        .sql()
        .number("SELECT count(*) FROM audit_log WHERE action = ? AND entity_id = ?", action, id);
  }
}
