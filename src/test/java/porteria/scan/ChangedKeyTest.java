package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.Secret;
import porteria.domain.CardTokens;
import porteria.testkit.RunningServer;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** After the key of the hashes was changed, twice, cards made under every one of them are read. */
@ExtendWith(TestServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedKeyTest {

  private static final Secret FIRST =
      new Secret("the first key of the cards, long enough to be one");
  private static final Secret SECOND =
      new Secret("the second key of the cards, just as long as that");

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;

  ChangedKeyTest(TestServers servers) {
    server = RunningServer.rekeyed(servers, List.of(SECOND, FIRST));
    school = server.school();
    kiosk = school.north();
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void a_card_of_every_key_is_read_alone_and_among_others() {
    TestPupil now = school.pupil("Ana Rojas");
    TestPupil before = hashedWith(SECOND, school.pupil("Beto Soto"));
    TestPupil first = hashedWith(FIRST, school.pupil("Carla Díaz"));
    Instant at = server.now();
    assertThat(kiosk.in(first, at).status()).isEqualTo(202);
    List<JsonObject> verdicts =
        kiosk.verdicts(
            kiosk.read("QR", school.ephemeralQr(first, at.plusSeconds(60)), "OUT"),
            kiosk.read(now, "IN", at),
            kiosk.read("NFC", "AAAAAAAAAAAAAAAAAAAAAA", "IN"),
            kiosk.read(before, "IN", at),
            kiosk.read("NFC", "https://porteria.example/t/" + first.nfcToken(), "IN"));
    assertThat(verdicts)
        .extracting(verdict -> verdict.getString("status"))
        .containsExactly("ACCEPTED", "ACCEPTED", "REJECTED", "ACCEPTED", "ACCEPTED");
    assertThat(school.events())
        .extracting(event -> event.getJsonObject("student").getString("full_name"))
        .containsExactlyInAnyOrder(
            "Ana Rojas", "Beto Soto", "Carla Díaz", "Carla Díaz", "Carla Díaz");
  }

  @Test
  void a_card_of_a_key_that_is_not_named_is_unknown() {
    TestPupil pupil =
        hashedWith(
            new Secret("a key that nobody names any longer at all"), school.pupil("Dina Paz"));
    assertThat(kiosk.in(pupil, server.now()).get("reason")).isEqualTo("UNKNOWN_TOKEN");
  }

  private TestPupil hashedWith(Secret key, TestPupil pupil) {
    CardTokens tokens = new CardTokens(key.bytes(), TestSecurity.KEY.bytes());
    for (String token : List.of(pupil.nfcToken(), pupil.qrToken())) {
      UUID tag =
          server
              .sql()
              .id(
                  "SELECT id FROM tag WHERE student_id = ? AND token_hash = ?",
                  pupil.id(),
                  new CardTokens(TestSecurity.KEY.bytes(), TestSecurity.KEY.bytes()).hash(token));
      server.sql().lines("UPDATE tag SET token_hash = ? WHERE id = ?", tokens.hash(token), tag);
    }
    return pupil;
  }
}
