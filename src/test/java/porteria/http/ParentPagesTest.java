package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPhone;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** What a guardian's browser is sent, and what it cannot be made to do. */
@Telling
@ExtendWith(RunningServerExtension.class)
class ParentPagesTest {

  private static final String COOKIE = "porteria_family";

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestPupil bruno;
  private final TestPupil stranger;
  private final TestParent maria;
  private final TestPhone phone;
  private final String page;

  ParentPagesTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    bruno = school.pupil("Bruno Rojas");
    stranger = school.pupil("Luis Vera");
    maria = school.parentOf(ana, bruno);
    phone = new TestPhone(server);
    page = "/p/" + school.slug();
  }

  @Test
  void a_link_opens_the_page_of_the_guardians_children() {
    school.north().in(ana, server.now());
    assertThat(open(maria).header("Location")).isEqualTo(page);
    assertThat(phone.get(page).text())
        .contains("Colegio", "María Soto", "Ana Rojas", "En el colegio", "Puerta Norte", "Bruno")
        .doesNotContain("Luis Vera");
  }

  @Test
  void the_session_is_a_cookie_that_no_script_reads_and_no_other_site_sends() {
    String header =
        open(maria).headers().getAll("Set-Cookie").stream()
            .filter(each -> each.startsWith(COOKIE))
            .findFirst()
            .orElseThrow();
    assertThat(header)
        .containsIgnoringCase("; HttpOnly")
        .contains("SameSite=Strict", "Path=" + page);
  }

  @Test
  void looking_at_a_link_spends_nothing() {
    String token = maria.newToken();
    new TestPhone(server).get(page);
    new TestPhone(server).get(page + "?token=" + token);
    Reply head = Reply.of(server.request(HttpMethod.HEAD, page).send().await());
    assertThat(head.status()).isNotEqualTo(500);
    assertThat(maria.redeem(token).await().status()).isEqualTo(200);
  }

  @Test
  void a_spent_link_is_refused_in_words_with_a_way_to_a_new_one() {
    String token = maria.newToken();
    maria.redeem(token).await();
    Reply refused = send("/p/session", Map.of("token", token, "school", school.slug()));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text()).contains("Este enlace ya no sirve.", "action=\"/p/link\"");
    assertThat(refused.text()).doesNotContain(token);
    assertThat(phone.cookie(COOKIE, page)).isEmpty();
  }

  @Test
  void asking_on_the_page_answers_the_same_to_everybody_and_sends_the_link() {
    Reply known = send("/p/link", ask("+" + maria.phone()));
    Reply unknown = send("/p/link", ask("nadie@example.test"));
    assertThat(known.status()).isEqualTo(303);
    assertThat(unknown.header("Location")).isEqualTo(known.header("Location"));
    assertThat(phone.get(known.header("Location")).text()).contains("Si el colegio tiene");
    await().until(() -> maria.links().size() == 1);
  }

  @Test
  void siblings_are_switched_between_and_other_children_are_not_shown() {
    open(maria);
    assertThat(phone.get(page + "?child=" + bruno.id()).text()).contains("<h1>Bruno Rojas</h1>");
    assertThat(phone.get(page + "?child=" + stranger.id()).text())
        .contains("<h1>Ana Rojas</h1>")
        .doesNotContain("Luis Vera");
  }

  @Test
  void a_phone_of_a_guardian_at_two_schools_holds_two_sessions_side_by_side() {
    TestSchool other = server.school();
    TestParent there = other.guardianOf(other.pupil("Eva Mora"), maria.phone(), "María Soto");
    open(maria);
    send("/p/session", Map.of("token", there.newToken(), "school", other.slug()));
    assertThat(phone.get(page).text()).contains("Ana Rojas").doesNotContain("Eva Mora");
    assertThat(phone.get("/p/" + other.slug()).text())
        .contains("Eva Mora")
        .doesNotContain("Ana Rojas");
  }

  @Test
  void a_session_of_another_school_opens_nothing() {
    open(maria);
    TestSchool other = server.school();
    String there = "/p/" + other.slug();
    phone.put(COOKIE, there, phone.cookie(COOKIE, page));
    assertThat(phone.get(there).text()).contains("action=\"/p/link\"").doesNotContain("Ana Rojas");
  }

  @Test
  void leaving_ends_the_session_also_for_who_kept_the_cookie() {
    open(maria);
    String kept = phone.cookie(COOKIE, page);
    Reply left = phone.send(page, page + "/logout", Map.of());
    assertThat(left.status()).isEqualTo(303);
    assertThat(phone.cookie(COOKIE, page)).isEmpty();
    TestPhone thief = new TestPhone(server);
    thief.put(COOKIE, page, kept);
    assertThat(thief.get(page).text()).doesNotContain("Ana Rojas");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/p/link", "/p/session", "/p/colegio-1/logout"})
  void a_form_that_no_page_of_ours_made_does_nothing(String path) {
    String token = maria.newToken();
    MultiMap form = MultiMap.caseInsensitiveMultiMap().add("token", token);
    Reply reply =
        Reply.of(
            server.request(HttpMethod.POST, path).followRedirects(false).sendForm(form).await());
    assertThat(reply.header("Location")).isEqualTo("/p?notice=stale");
    assertThat(reply.headers().getAll("Set-Cookie")).noneMatch(each -> each.startsWith(COOKIE));
    assertThat(maria.redeem(token).await().status()).isEqualTo(200);
  }

  @Test
  void pages_tell_no_other_site_where_their_reader_was_and_are_not_kept() {
    Reply shown = phone.get(page);
    assertThat(shown.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void a_school_that_does_not_exist_leads_to_the_common_door() {
    assertThat(phone.get("/p/ninguno").header("Location")).isEqualTo("/p");
    assertThat(phone.get("/p").text()).contains("name=\"school\"", "name=\"contact\"");
  }

  private Reply open(TestParent parent) {
    Reply reply = send("/p/session", Map.of("token", parent.newToken(), "school", school.slug()));
    assertThat(reply.status()).isEqualTo(303);
    return reply;
  }

  private Reply send(String path, Map<String, String> fields) {
    return phone.send(page, path, fields);
  }

  private Map<String, String> ask(String contact) {
    return Map.of("school", school.slug(), "contact", contact);
  }
}
