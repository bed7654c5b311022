package porteria.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** How stickers come to their pupils, are replaced, and end. */
@ExtendWith(RunningServerExtension.class)
class StickerTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;

  StickerTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    server.clock().advance(Duration.ofMinutes(2));
  }

  @Test
  void a_written_and_confirmed_sticker_is_read_at_the_gate_as_a_uri_and_as_a_bare_token()
      throws Exception {
    Reply provision = provision(ana);
    assertThat(provision.status()).isEqualTo(201);
    String uri = provision.get("ndef_uri");
    assertThat(uri).matches("http://localhost:8080/t/[A-Za-z0-9_-]{22}");
    assertThat(token(provision)).startsWith(provision.get("tag_token_preview"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(uri.getBytes(StandardCharsets.UTF_8));
    assertThat(provision.get("checksum")).isEqualTo(HexFormat.of().formatHex(digest, 0, 8));
    assertThat(scan(uri, "IN").get("reason")).as("unconfirmed").isEqualTo("UNKNOWN_TOKEN");

    Reply confirmed = confirm(provision);
    assertThat(confirmed.status()).isEqualTo(201);
    assertThat(confirmed.get("kind")).isEqualTo("NFC");
    assertThat(confirmed.get("tag_uid")).isEqualTo("04A1B2C3D4E5F6");
    Reply entered = scan(uri, "IN");
    assertThat(entered.status()).isEqualTo(202);
    assertThat(entered.json().getJsonObject("student").getString("id"))
        .isEqualTo(ana.id().toString());
    assertThat(scan(token(provision), "OUT").status()).isEqualTo(202);
  }

  @Test
  void confirming_revokes_the_sticker_it_replaces_and_leaves_the_printed_card() {
    assertThat(cards(ana)).extracting(TagCard::revoked).containsOnly(false);
    String old = inUse(ana, "NFC");
    Reply confirmed = confirm(provision(ana));
    assertThat(confirmed.json().getJsonArray("replaced")).containsExactly(old);
    assertThat(scan(ana.nfcToken(), "IN").get("reason")).isEqualTo("REVOKED_TAG");
    assertThat(scan(ana.qrToken(), "IN").status()).isEqualTo(202);
    assertThat(inUse(ana, "NFC")).isEqualTo(confirmed.get("id"));
    Instant before = server.now().minus(Duration.ofMinutes(1));
    Reply offline = school.north().out(ana, before);
    assertThat(offline.flags()).contains("REVOKED_LATER");
  }

  @Test
  void of_fifty_who_confirm_at_once_one_does() {
    Reply provision = provision(ana);
    List<Future<Reply>> sent =
        Stream.generate(
                () ->
                    server.posted(
                        "/tags/confirm", school.login(Role.INSPECTOR), written(provision)))
            .limit(50)
            .toList();
    List<Integer> statuses = sent.stream().map(reply -> reply.await().status()).toList();
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(49);
    assertThat(cards(ana)).filteredOn(card -> card.kind().equals("NFC")).hasSize(2);
    assertThat(acts("tag.confirmed")).isEqualTo(1);
  }

  @Test
  void a_provision_can_be_confirmed_for_fifteen_minutes() {
    Reply provision = provision(ana);
    assertThat(Instant.parse(provision.get("expires_at")))
        .isEqualTo(server.now().plus(StickerService.LIFE));
    server.clock().advance(StickerService.LIFE);
    Reply late = confirm(provision);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.get("detail")).contains("expired");
    assertThat(scan(ana.nfcToken(), "IN").status()).as("the old one").isEqualTo(202);
    Reply next = provision(ana);
    server.clock().advance(StickerService.LIFE.minusMillis(1));
    assertThat(confirm(next).status()).isEqualTo(201);
  }

  @Test
  void a_sticker_that_bears_something_else_is_not_put_to_use_and_can_be_written_again() {
    Reply provision = provision(ana);
    JsonObject other = written(provision).put("checksum", "0123456789abcdef");
    Reply refused = server.post("/tags/confirm", school.login(Role.INSPECTOR), other);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.get("detail")).contains("checksum");
    assertThat(confirm(provision).status()).isEqualTo(201);
  }

  @Test
  void an_app_that_reads_nothing_back_confirms_by_the_preview_alone() {
    JsonObject written = written(provision(ana));
    written.remove("checksum");
    written.remove("tag_uid");
    assertThat(server.post("/tags/confirm", school.login(Role.INSPECTOR), written).status())
        .isEqualTo(201);
  }

  @Test
  void a_later_provision_withdraws_the_one_before() {
    Reply first = provision(ana);
    Reply second = provision(ana);
    assertThat(confirm(first).status()).isEqualTo(409);
    assertThat(confirm(second).status()).isEqualTo(201);
  }

  @Test
  void a_revoked_card_is_refused_and_revoking_again_changes_nothing() {
    JsonObject card = new JsonObject().put("tag_id", inUse(ana, "QR"));
    Reply revoked = server.post("/tags/revoke", school.login(Role.INSPECTOR), card);
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(scan(ana.qrToken(), "IN").get("reason")).isEqualTo("REVOKED_TAG");
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(server.post("/tags/revoke", school.login(Role.INSPECTOR), card).text())
        .isEqualTo(revoked.text());
    assertThat(acts("tag.revoked")).isEqualTo(1);
  }

  @Test
  void an_inactive_pupil_gets_no_sticker() {
    school.deactivate(ana, server.now().minusSeconds(1));
    assertThat(provision(ana).status()).isEqualTo(409);
  }

  @Test
  void pupils_and_cards_of_another_school_do_not_exist() {
    TestSchool other = server.school();
    String inspector = other.login(Role.INSPECTOR);
    Reply provision = provision(ana);
    JsonObject student = new JsonObject().put("student_id", ana.id().toString());
    JsonObject card = new JsonObject().put("tag_id", inUse(ana, "NFC"));
    assertThat(server.post("/tags/provision", inspector, student).status()).isEqualTo(404);
    assertThat(server.post("/tags/confirm", inspector, written(provision)).status()).isEqualTo(404);
    assertThat(server.post("/tags/revoke", inspector, card).status()).isEqualTo(404);
    assertThat(other.get("/tags?student_id=" + ana.id()).status()).isEqualTo(404);
    assertThat(other.get("/tags?student_id=" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(confirm(provision).status()).isEqualTo(201);
  }

  @Test
  void a_teacher_and_a_kiosk_may_do_none_of_it() {
    JsonObject student = new JsonObject().put("student_id", ana.id().toString());
    for (String token : List.of(school.login(Role.TEACHER), school.north().token())) {
      assertThat(server.post("/tags/provision", token, student).status()).isEqualTo(403);
      assertThat(server.post("/tags/confirm", token, new JsonObject()).status()).isEqualTo(403);
      assertThat(server.post("/tags/revoke", token, new JsonObject()).status()).isEqualTo(403);
      assertThat(server.post("/qr/issue", token, student).status()).isEqualTo(403);
      assertThat(server.get("/tags?student_id=" + ana.id(), token).status()).isEqualTo(403);
    }
  }

  @Test
  void every_act_is_in_the_trail_and_no_token_is_stored() {
    Reply provision = provision(ana);
    confirm(provision);
    for (String act : List.of("tag.provisioned", "tag.confirmed")) {
      assertThat(acts(act)).as(act).isEqualTo(1);
    }
    String stored =
        Stream.of("tag", "tag_provision", "audit_log")
            .flatMap(table -> server.sql().lines("SELECT t::text FROM " + table + " t").stream())
            .reduce("", String::concat);
    assertThat(stored)
        .contains(provision.get("tag_token_preview"))
        .doesNotContain(token(provision));
  }

  private record TagCard(String id, String kind, boolean revoked) {}

  private List<TagCard> cards(TestPupil pupil) {
    return school.get("/tags?student_id=" + pupil.id()).list("items").stream()
        .map(
            card ->
                new TagCard(
                    card.getString("id"), card.getString("kind"), card.getBoolean("revoked")))
        .toList();
  }

  private String inUse(TestPupil pupil, String kind) {
    return cards(pupil).stream()
        .filter(card -> card.kind().equals(kind) && !card.revoked())
        .map(TagCard::id)
        .findFirst()
        .orElseThrow();
  }

  private Reply provision(TestPupil pupil) {
    return server.post(
        "/tags/provision",
        school.login(Role.INSPECTOR),
        new JsonObject().put("student_id", pupil.id().toString()));
  }

  private Reply confirm(Reply provision) {
    return server.post("/tags/confirm", school.login(Role.INSPECTOR), written(provision));
  }

  private JsonObject written(Reply provision) {
    return new JsonObject()
        .put("student_id", ana.id().toString())
        .put("tag_token_preview", provision.get("tag_token_preview"))
        .put("checksum", provision.get("checksum"))
        .put("tag_uid", "04:a1:b2:c3:d4:e5:f6");
  }

  private Reply scan(String text, String type) {
    return school.north().send(school.north().read("NFC", text, type));
  }

  private static String token(Reply provision) {
    String uri = provision.get("ndef_uri");
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private long acts(String action) {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM audit_log WHERE school_id = ? AND action = ?",
            school.id(),
            action);
  }
}
