package porteria.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** One click, by a mail program or a person (RFC 8058). */
@Telling
@ExtendWith(RunningServerExtension.class)
class UnsubscribeTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final String mailbox;

  UnsubscribeTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    mailbox = school.readerOf(ana);
  }

  @Test
  void a_mail_program_unsubscribes_with_one_post_and_no_mail_comes_any_more() {
    JsonObject mail = mail();
    assertThat(header(mail, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    Reply done = post(path(mail));
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.headers().getAll("Set-Cookie")).isEmpty();
    assertThat(suppressed()).containsExactly("EMAIL UNSUBSCRIBED");
    school.north().out(ana, server.now());
    await()
        .during(Duration.ofMillis(700))
        .untilAsserted(() -> assertThat(server.mails(mailbox)).hasSize(1));
  }

  @Test
  void looking_at_the_link_changes_nothing_and_asks_first() {
    String path = path(mail());
    Reply page = get(path);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("Colegio", "Dejar de recibirlos", "name=\"List-Unsubscribe\" value=\"One-Click\"")
        .doesNotContain(mailbox);
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(suppressed()).isEmpty();
  }

  @Test
  void used_again_it_says_that_it_is_done_already() {
    String path = path(mail());
    assertThat(post(path).text()).contains("Listo: este correo ya no recibe avisos");
    assertThat(post(path).text()).contains("Este correo ya no recibía avisos");
    assertThat(get(path).text())
        .contains("Este correo ya no recibía avisos")
        .doesNotContain("Dejar de recibirlos");
  }

  @Test
  void it_speaks_the_language_of_the_mail() {
    server.sql().lines("UPDATE guardian SET language = 'pt' WHERE school_id = ?", school.id());
    assertThat(get(path(mail())).text()).contains("Parar de receber");
  }

  @Test
  void a_post_without_the_words_of_the_rfc_does_nothing() {
    String path = path(mail());
    Reply reply = Reply.of(server.request(HttpMethod.POST, path).send().await());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(suppressed()).isEmpty();
  }

  @Test
  void a_link_that_is_not_ours_opens_nothing() {
    String path = path(mail());
    char last = path.charAt(path.length() - 2);
    String forged = path.substring(0, path.length() - 2) + (last == 'A' ? 'B' : 'A') + "A";
    for (String each : List.of(forged, "/unsubscribe/short", path + "x")) {
      assertThat(get(each).status()).as(each).isEqualTo(404);
      assertThat(post(each).status()).as(each).isEqualTo(404);
    }
    assertThat(suppressed()).isEmpty();
  }

  @Test
  void another_school_still_writes_to_the_mailbox() {
    TestSchool other = server.school();
    TestPupil eva = other.pupil("Eva Mora");
    String own = other.readerOf(eva);
    server.sql().lines("UPDATE guardian_contact SET address = ? WHERE address = ?", mailbox, own);
    post(path(mail()));
    other.north().in(eva, server.now());
    await().until(() -> server.mails(mailbox).size() == 2);
  }

  @Test
  void the_link_that_a_guardian_asks_for_carries_no_way_to_unsubscribe_and_still_comes() {
    post(path(mail()));
    server.post(
        "/auth/magic-link",
        "none",
        new JsonObject().put("school", school.slug()).put("contact", mailbox));
    await().until(() -> server.mails(mailbox).size() == 2);
    assertThat(server.mails(mailbox).getLast().getJsonArray("headers").encode())
        .doesNotContain("Unsubscribe");
  }

  private JsonObject mail() {
    school.north().in(ana, server.now());
    await().until(() -> server.mails(mailbox).size() == 1);
    return server.mails(mailbox).getFirst();
  }

  /** Of the link that the mail's header names. */
  private static String path(JsonObject mail) {
    String header = header(mail, "List-Unsubscribe");
    assertThat(header).matches("<http://localhost:8080/unsubscribe/[\\w-]{43}>");
    return header.substring("<http://localhost:8080".length(), header.length() - 1);
  }

  private static String header(JsonObject mail, String name) {
    return mail.getJsonArray("headers").stream()
        .map(JsonObject.class::cast)
        .filter(each -> name.equals(each.getString("name")))
        .map(each -> each.getString("value"))
        .findFirst()
        .orElse("");
  }

  private Reply get(String path) {
    return Reply.of(server.request(HttpMethod.GET, path).send().await());
  }

  private Reply post(String path) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap().add("List-Unsubscribe", "One-Click");
    return Reply.of(server.request(HttpMethod.POST, path).sendForm(form).await());
  }

  private List<String> suppressed() {
    return server
        .sql()
        .lines("SELECT channel, reason FROM contact_suppression WHERE school_id = ?", school.id());
  }
}
