package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.MessageStates;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** How guardians ask for links, get them on their phone, and come in by them once. */
@Telling
@ExtendWith(RunningServerExtension.class)
class MagicLinksTest {

  private static final Duration LIFE = Duration.ofMinutes(10);

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestParent maria;

  MagicLinksTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    maria = school.parentOf(ana);
  }

  @AfterEach
  void letProvidersWork() {
    server.providers().recover();
  }

  @Test
  void a_link_reaches_the_phone_and_opens_the_guardians_own_page() {
    String token = maria.newToken();
    assertThat(maria.links().getLast())
        .contains("María Soto", "10 minutos", "http://localhost:8080/p/" + school.slug() + "#");
    Reply redeemed = maria.redeem(token).await();
    assertThat(redeemed.status()).isEqualTo(200);
    assertThat(redeemed.json().getLong("expires_in")).isEqualTo(Duration.ofDays(30).toSeconds());
    Reply me = server.get("/parents/me", redeemed.get("access_token"));
    assertThat(me.get("full_name")).isEqualTo("María Soto");
    assertThat(server.get("/parents/me/children", redeemed.get("access_token")).list("items"))
        .extracting(child -> child.getString("full_name"))
        .containsExactly("Ana Rojas");
  }

  @Test
  void a_link_works_once() {
    String token = maria.newToken();
    assertThat(maria.redeem(token).await().status()).isEqualTo(200);
    refused(maria.redeem(token).await());
  }

  @Test
  void of_fifty_redemptions_at_once_exactly_one_opens_a_session() {
    String token = maria.newToken();
    List<Future<Reply>> sent = IntStream.range(0, 50).mapToObj(i -> maria.redeem(token)).toList();
    List<Integer> statuses = sent.stream().map(reply -> reply.await().status()).toList();
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 401).hasSize(49);
    assertThat(
            server
                .sql()
                .number("SELECT count(*) FROM guardian_session WHERE school_id = ?", school.id()))
        .isEqualTo(1);
    assertThat(audited("magic_link.redeemed")).hasSize(1);
    assertThat(audited("magic_link.refused")).hasSize(49).allMatch(row -> row.contains("USED"));
  }

  @Test
  void a_link_works_until_just_before_ten_minutes_have_passed() {
    String token = maria.newToken();
    server.clock().advance(LIFE.minusMillis(1));
    assertThat(maria.redeem(token).await().status()).isEqualTo(200);
  }

  @Test
  void a_link_works_no_more_when_ten_minutes_have_passed() {
    String token = maria.newToken();
    server.clock().advance(LIFE);
    refused(maria.redeem(token).await());
    assertThat(audited("magic_link.refused")).singleElement().asString().contains("EXPIRED");
  }

  @Test
  void used_old_and_invented_tokens_are_refused_in_the_same_words() {
    String used = maria.newToken();
    maria.redeem(used).await();
    String old = maria.newToken();
    server.clock().advance(LIFE);
    List<JsonObject> problems =
        List.of(used, old, "x".repeat(43), "x").stream()
            .map(token -> withoutId(maria.redeem(token).await()))
            .toList();
    assertThat(problems).containsOnly(problems.getFirst());
  }

  @Test
  void asking_answers_the_same_whether_or_not_the_contact_exists() {
    Reply known = maria.ask();
    Reply unknown = maria.ask("+56900000000");
    Reply elsewhere =
        server.post(
            "/auth/magic-link",
            "none",
            new JsonObject().put("school", "ninguno").put("contact", "+" + maria.phone()));
    assertThat(known.status()).isEqualTo(202);
    assertThat(List.of(unknown, elsewhere))
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(known.status());
              assertThat(reply.text()).isEqualTo(known.text());
              assertThat(reply.headers().names())
                  .containsExactlyInAnyOrderElementsOf(known.headers().names());
            });
    await().until(() -> maria.links().size() == 1);
    assertThat(server.told("56900000000")).isEmpty();
  }

  @Test
  void a_phone_is_known_however_it_is_written() {
    String phone = maria.phone();
    maria.ask(" +" + phone.substring(0, 2) + " 9 " + phone.substring(3) + " ");
    await().until(() -> maria.links().size() == 1);
  }

  @Test
  void nobody_is_sent_more_than_three_links_within_ten_minutes() {
    IntStream.range(0, 5).forEach(i -> maria.ask());
    school.parentOf(ana).newToken();
    await().until(() -> maria.links().size() == 3 && looking() == 0);
    server.clock().advance(LIFE);
    maria.ask();
    await().until(() -> maria.links().size() == 4);
    assertThat(links()).as("four, and the witness's").isEqualTo(5);
  }

  @Test
  void a_stranger_who_asks_all_day_uses_up_their_own_links_alone() {
    for (int asked = 1; asked <= 12; asked++) {
      int links = asked;
      maria.askFrom("2001:db8:5:6::" + asked);
      await().until(() -> maria.links().size() == links);
      server.clock().advance(LIFE);
    }
    maria.askFrom("2001:db8:5:6::ffff");
    maria.askFrom("198.51.100.7");
    await().until(() -> maria.links().size() == 13);
    TestParent witness = school.parentOf(ana);
    witness.newToken();
    assertThat(links()).as("twelve, hers, and the witness's").isEqualTo(14);
  }

  @Test
  void strangers_at_many_addresses_have_no_more_than_six_links_sent_within_ten_minutes() {
    IntStream.range(0, 8).forEach(i -> maria.askFrom("198.51.100." + i));
    TestParent witness = school.parentOf(ana);
    witness.newToken();
    await().until(() -> maria.links().size() == 6);
    assertThat(links()).as("six, and the witness's").isEqualTo(7);
  }

  @Test
  void strangers_at_many_addresses_have_no_more_than_thirty_six_links_sent_a_day() {
    server
        .sql()
        .lines(
            "INSERT INTO magic_link"
                + " (school_id, id, guardian_id, token_hash, created_at, expires_at)"
                + " SELECT ?, id, ?, sha256(id::text::bytea), '2026-06-10T09:00Z',"
                + " '2026-06-10T09:10Z' FROM (SELECT gen_random_uuid() id"
                + " FROM generate_series(1, 36)) made",
            school.id(),
            maria.id());
    server.clock().advance(Duration.ofMillis(1));
    maria.ask();
    school.parentOf(ana).newToken();
    assertThat(maria.links()).isEmpty();
  }

  @Test
  void who_waits_for_their_turn_keeps_no_other_guardian_waiting() {
    String turn = "hashtextextended('magic-link " + maria.id() + "', 0)";
    server.sql().lines("SELECT pg_advisory_lock(" + turn + ")");
    maria.ask();
    school.parentOf(ana).newToken();
    assertThat(maria.links()).isEmpty();
    server.sql().lines("SELECT pg_advisory_unlock(" + turn + ")");
    await().until(() -> maria.links().size() == 1);
  }

  @Test
  void guardians_who_share_a_phone_each_get_a_link_of_their_own() {
    TestPupil luis = school.pupil("Luis Vera");
    school.guardianOf(luis, maria.phone(), "Pedro Vera");
    maria.ask();
    await().until(() -> maria.links().size() == 2);
    String pedros =
        maria.links().stream()
            .filter(text -> text.contains("Pedro Vera"))
            .findFirst()
            .orElseThrow();
    String session = maria.redeem(TestParent.token(pedros)).await().get("access_token");
    assertThat(server.get("/parents/me/children", session).list("items"))
        .extracting(child -> child.getString("full_name"))
        .containsExactly("Luis Vera");
  }

  @Test
  void a_phone_known_to_two_schools_gets_a_link_of_the_school_that_was_asked() {
    TestSchool other = server.school();
    other.guardianOf(other.pupil("Eva Mora"), maria.phone(), "María Soto");
    maria.ask();
    await().until(() -> !maria.links().isEmpty());
    assertThat(maria.links()).singleElement().asString().contains("/p/" + school.slug() + "#");
  }

  @Test
  void no_row_holds_what_a_link_carries() {
    String token = maria.newToken();
    maria.redeem(token).await();
    String rows =
        String.join(
            " ",
            server
                .sql()
                .lines(
                    "SELECT m::text || encode(token_hash, 'escape') FROM magic_link m"
                        + " UNION ALL SELECT n::text FROM notification n"
                        + " UNION ALL SELECT a::text FROM audit_log a"));
    assertThat(rows).contains("acceso_familias").doesNotContain(token);
  }

  @Test
  void a_link_that_a_provider_takes_too_late_is_not_sent() {
    server.providers().fail(new JsonObject().put("mode", "500").put("to", maria.phone()));
    maria.ask();
    await().until(() -> failures() > 0);
    server.clock().advance(LIFE);
    server.providers().recover();
    new MessageStates(server.sql()).awaitOfSchool(school.id(), "FAILED");
    assertThat(maria.links()).isEmpty();
  }

  @Test
  void a_guardian_whom_the_school_has_no_more_gets_no_link_and_cannot_use_an_earlier_one() {
    String token = maria.newToken();
    server
        .sql()
        .lines("UPDATE guardian SET inactive_since = '2026-06-10Z' WHERE id = ?", maria.id());
    refused(maria.redeem(token).await());
    assertThat(audited("magic_link.refused")).singleElement().asString().contains("INACTIVE");
    TestParent witness = school.parentOf(ana);
    maria.ask();
    witness.newToken();
    assertThat(links()).as("hers, and the witness's").isEqualTo(2);
  }

  @Test
  void who_came_in_is_written_into_the_audit_trail() {
    maria.signIn();
    assertThat(audited("magic_link.redeemed"))
        .singleElement()
        .asString()
        .contains("GUARDIAN", maria.id().toString(), "127.0.0.1");
  }

  /**
   * Requests for links that are being looked into; they are, one after the other, in their turn.
   */
  private long looking() {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'porteria-web' AND state <> 'idle'");
  }

  private long links() {
    return server.sql().number("SELECT count(*) FROM magic_link WHERE school_id = ?", school.id());
  }

  /** What was tried without success, and will be again. */
  private long failures() {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM notification WHERE school_id = ? AND failure_class IS NOT NULL",
            school.id());
  }

  private List<String> audited(String action) {
    return server
        .sql()
        .lines(
            "SELECT actor_kind, actor_id, ip, after FROM audit_log"
                + " WHERE school_id = ? AND action = ?",
            school.id(),
            action);
  }

  private static JsonObject withoutId(Reply reply) {
    JsonObject problem = reply.json();
    problem.remove("request_id");
    return problem;
  }

  private static void refused(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(401);
    assertThat(reply.get("type")).isEqualTo("urn:porteria:problem:unauthenticated");
  }
}
