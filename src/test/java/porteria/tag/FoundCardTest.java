package porteria.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.config.LimitSettings;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Who finds a card learns whom to give it back to, and nothing else. */
@ExtendWith({RunningServerExtension.class, TestServersExtension.class})
class FoundCardTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;

  FoundCardTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    server
        .sql()
        .lines(
            "UPDATE school SET name = 'Liceo <Ñandú> & Cía', phone = '+56 2 2345 6789' WHERE id = ?",
            school.id());
  }

  @Test
  void a_card_names_its_school_and_phone_and_nothing_of_the_pupil() {
    Reply page = open(ana.nfcToken(), "es");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("Liceo &lt;Ñandú&gt; &amp; Cía", "+56 2 2345 6789", "tel:+56223456789")
        .doesNotContain("Ana", "Rojas", "Básico", ana.id().toString(), ana.nfcToken());
    assertThat(page.headers().contains("Set-Cookie")).isFalse();
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @Test
  void a_revoked_card_and_one_with_a_signature_open_the_same_page() {
    String page = open(ana.nfcToken(), "es").text();
    school.revokeCards(ana, Instant.EPOCH);
    assertThat(open(ana.nfcToken(), "es").text()).isEqualTo(page);
    assertThat(open(ana.nfcToken() + "?sig=" + school.signature(ana.nfcToken()), "es").text())
        .isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAAAAAAAAAAAAAAAAAAAA", "x", "%F0%9F%92%A9", "<script>", "a%00b"})
  void a_card_that_nobody_knows_opens_the_page_without_a_school(String token) {
    Reply page = open(token.replace("<", "%3C").replace(">", "%3E"), "es");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("credencial escolar").doesNotContain("Liceo", "script>");
  }

  @Test
  void a_school_without_a_phone_is_named_alone() {
    server.sql().lines("UPDATE school SET phone = NULL WHERE id = ?", school.id());
    assertThat(open(ana.qrToken(), "es").text()).contains("Liceo").doesNotContain("tel:");
  }

  @ParameterizedTest
  @CsvSource({
    "es-CL, Encontraste una credencial",
    "en-GB, You have found a school card",
    "pt-BR, Você encontrou uma credencial",
    "de, Encontraste una credencial"
  })
  void it_speaks_the_language_the_browser_asks_for(String language, String words) {
    assertThat(open(ana.nfcToken(), language).text()).contains(words);
  }

  @Test
  void an_address_that_opens_too_many_is_slowed_down(TestServers servers) {
    try (RunningServer strict = RunningServer.limited(servers, new LimitSettings(5, 100, 100))) {
      for (int i = 0; i < 5; i++) {
        assertThat(open(strict, "x", "es").status()).isEqualTo(200);
      }
      // Some more pass when the minute goes on, or when Redis is late and the node counts anew.
      Reply refused =
          Stream.generate(() -> open(strict, "x", "es"))
              .limit(20)
              .filter(reply -> reply.status() == 429)
              .findFirst()
              .orElseThrow();
      assertThat(refused.header("Retry-After")).isNotEmpty();
    }
  }

  private Reply open(String token, String language) {
    return open(server, token, language);
  }

  private static Reply open(RunningServer at, String token, String language) {
    return Reply.of(
        at.request(HttpMethod.GET, "/t/" + token)
            .putHeader("Accept-Language", language)
            .send()
            .await());
  }
}
