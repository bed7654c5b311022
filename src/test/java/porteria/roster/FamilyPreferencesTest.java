package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/**
 * Guardians choose for themselves what they are told, and whether their children are photographed.
 */
@Telling
@ExtendWith(RunningServerExtension.class)
class FamilyPreferencesTest {

  private static final String PATH = "/parents/me/preferences";

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestPupil luis;
  private final TestParent maria;
  private final String session;

  FamilyPreferencesTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    luis = school.pupil("Luis Rojas");
    maria = school.parentOf(ana, luis);
    server
        .sql()
        .lines(
            "UPDATE guardian SET notification_prefs = '{\"INGRESO_OK\": [\"WHATSAPP\", \"EMAIL\"],"
                + " \"SALIDA_OK\": [\"WHATSAPP\", \"EMAIL\"]}' WHERE id = ?",
            maria.id());
    session = maria.signIn();
  }

  @Test
  void what_cannot_reach_the_guardian_is_not_shown_as_chosen() {
    JsonObject shown = shown();
    assertThat(shown.fieldNames())
        .containsExactlyInAnyOrder("channels", "photo_opt_in", "language", "suppressed");
    assertThat(shown.getJsonObject("channels"))
        .isEqualTo(channels("INGRESO_OK", "WHATSAPP").put("SALIDA_OK", array("WHATSAPP")));
    assertThat(shown.getJsonObject("photo_opt_in"))
        .isEqualTo(
            new JsonObject().put(ana.id().toString(), false).put(luis.id().toString(), false));
    assertThat(shown.getString("language")).isEqualTo("es");
  }

  @Test
  void what_is_shown_can_be_sent_again_and_changes_nothing() {
    JsonObject shown = shown();
    assertThat(put(shown).json()).isEqualTo(shown);
    assertThat(audited()).isEmpty();
  }

  @Test
  void who_chooses_is_told_by_these_channels_alone() {
    JsonObject chosen =
        shown().put("channels", channels("SALIDA_OK", "WHATSAPP")).put("language", "pt");
    Reply reply = put(chosen);
    assertThat(reply.json()).isEqualTo(chosen).isEqualTo(shown());
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT notification_prefs ->> 'INGRESO_OK', notification_prefs ->> 'SALIDA_OK',"
                        + " language FROM guardian WHERE id = ?",
                    maria.id()))
        .as("what a mailbox was chosen for waits for one")
        .containsExactly("[\"EMAIL\"] [\"WHATSAPP\", \"EMAIL\"] pt");
  }

  @Test
  void a_channel_without_an_address_is_refused_and_named() {
    JsonObject chosen = shown();
    chosen.getJsonObject("channels").put("CAMBIO_HORARIO", array("WHATSAPP", "EMAIL"));
    Reply refused = put(chosen);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.list("errors"))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.getString("pointer")).isEqualTo("/channels/CAMBIO_HORARIO");
              assertThat(error.getString("detail")).contains("no mailbox");
            });
    assertThat(audited()).isEmpty();
  }

  @Test
  void a_parent_consents_to_photos_of_one_child_and_withdraws_it() {
    assertThat(consents(ana)).isEmpty();
    assertThat(photos(ana, true).status()).isEqualTo(200);
    assertThat(consents(ana)).containsExactly(maria.id() + " {PHOTO} t");
    assertThat(consents(luis)).isEmpty();
    server.clock().advance(Duration.ofMinutes(1));
    Reply withdrawn = photos(ana, false);
    assertThat(withdrawn.json().getJsonObject("photo_opt_in").getBoolean(ana.id().toString()))
        .isFalse();
    assertThat(consents(ana)).containsExactly(maria.id() + " {PHOTO} f");
    assertThat(photos(ana, true).status()).isEqualTo(200);
    assertThat(consents(ana)).hasSize(2);
  }

  @Test
  void what_was_signed_together_with_photos_goes_on_without_them() {
    server
        .sql()
        .lines(
            "INSERT INTO consent (school_id, student_id, guardian_id, scopes, signed_at)"
                + " VALUES (?, ?, ?, '{PHOTO,DATA}', ?)",
            school.id(),
            ana.id(),
            maria.id(),
            server.now().minus(Duration.ofDays(9)).atOffset(ZoneOffset.UTC));
    assertThat(shown().getJsonObject("photo_opt_in").getBoolean(ana.id().toString())).isTrue();
    photos(ana, false);
    assertThat(consents(ana))
        .containsExactlyInAnyOrder(maria.id() + " {PHOTO,DATA} f", maria.id() + " {DATA} t");
  }

  @Test
  void another_guardians_consent_is_not_touched() {
    TestParent pedro = school.parentOf(ana);
    JsonObject wanted = new JsonObject().put(ana.id().toString(), true);
    String pedros = pedro.signIn();
    put(pedros, server.get(PATH, pedros).json().put("photo_opt_in", wanted));
    photos(ana, true);
    photos(ana, false);
    assertThat(consents(ana))
        .containsExactlyInAnyOrder(pedro.id() + " {PHOTO} t", maria.id() + " {PHOTO} f");
  }

  @Test
  void children_of_others_are_not_there() {
    TestPupil stranger = school.pupil("Eva Mora");
    TestPupil elsewhere = server.school().pupil("Ema Soto");
    for (UUID foreign : List.of(stranger.id(), elsewhere.id(), UUID.randomUUID())) {
      JsonObject wanted =
          new JsonObject().put(ana.id().toString(), true).put(foreign.toString(), true);
      assertThat(put(shown().put("photo_opt_in", wanted)).status()).isEqualTo(404);
    }
    assertThat(consents(ana)).isEmpty();
    assertThat(consents(stranger)).isEmpty();
  }

  @Test
  void each_change_is_in_the_trail_with_what_was_before() {
    photos(ana, true);
    assertThat(audited())
        .singleElement()
        .asString()
        .startsWith("GUARDIAN " + maria.id() + " " + maria.id())
        .endsWith("false true");
  }

  @Test
  void nonsense_is_refused() {
    for (JsonObject body :
        List.of(
            new JsonObject(),
            shown().put("language", "de"),
            shown().put("channels", channels("INGRESO_OK", "PIGEON")),
            shown().put("channels", channels("NEWS", "EMAIL")),
            shown().put("photo_opt_in", new JsonObject().put("ana", true)),
            shown().put("photo_opt_in", new JsonObject().put(ana.id().toString(), "yes")))) {
      assertThat(put(body).status()).as(body.encode()).isEqualTo(400);
    }
  }

  private JsonObject shown() {
    return server.get(PATH, session).json();
  }

  private Reply put(JsonObject body) {
    return put(session, body);
  }

  private Reply put(String token, JsonObject body) {
    return Reply.of(
        server
            .request(HttpMethod.PUT, "/api/v1" + PATH)
            .bearerTokenAuthentication(token)
            .sendJsonObject(body)
            .await());
  }

  private Reply photos(TestPupil child, boolean wanted) {
    return put(shown().put("photo_opt_in", new JsonObject().put(child.id().toString(), wanted)));
  }

  /** Who signed, what, and whether it stands. */
  private List<String> consents(TestPupil child) {
    return server
        .sql()
        .lines(
            "SELECT guardian_id, '{' || array_to_string(scopes, ',') || '}', expires_at IS NULL"
                + " FROM consent WHERE student_id = ?"
                + " ORDER BY id",
            child.id());
  }

  private List<String> audited() {
    return server
        .sql()
        .lines(
            "SELECT actor_kind, actor_id, entity_id, before #>> ARRAY['photo_opt_in', ?],"
                + " after #>> ARRAY['photo_opt_in', ?] FROM audit_log"
                + " WHERE school_id = ? AND action = 'guardian.preferences_changed'",
            ana.id().toString(),
            ana.id().toString(),
            school.id());
  }

  private static JsonObject channels(String type, String... channels) {
    JsonObject all = new JsonObject();
    for (String each : List.of("INGRESO_OK", "SALIDA_OK", "NO_INGRESO_UMBRAL", "CAMBIO_HORARIO")) {
      all.put(each, new JsonArray());
    }
    return all.put(type, array(channels));
  }

  private static JsonArray array(String... channels) {
    return new JsonArray(List.of(channels));
  }
}
