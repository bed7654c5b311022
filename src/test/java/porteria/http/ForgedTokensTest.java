package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porteria.config.Secret;
import porteria.domain.Role;
import porteria.testkit.LiveSocket;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;
import porteria.testkit.TestSecurity;

/** Tokens that are not ours open nothing: no operation, no page, no socket. */
@ExtendWith(RunningServerExtension.class)
class ForgedTokensTest {

  private final RunningServer server;
  private final TestSchool school;
  private final String genuine;

  ForgedTokensTest(RunningServer server) {
    this.server = server;
    school = server.school();
    genuine = school.login(Role.INSPECTOR);
  }

  /** Ways to forge; all but the first begin with a genuine token of an open session. */
  enum Forgery {
    UNSIGNED,
    UNSIGNED_WITH_THE_KEY_NAMED,
    HS512,
    RS256,
    UNKNOWN_KEY,
    NO_KEY,
    EARLIER_KEY_NAMED_BUT_NOT_USED,
    OTHER_ISSUER,
    OTHER_AUDIENCE,
    NO_AUDIENCE,
    NO_EXPIRY,
    OTHER_VERSION,
    OTHER_SESSION
  }

  @Test
  void what_the_forger_signs_with_the_right_key_and_words_is_taken() throws Exception {
    assertThat(read(hs256(ForgedTokensTest::asItIs, ForgedTokensTest::asItIs, TestSecurity.KEY)))
        .isEqualTo(200);
  }

  @Test
  void what_the_key_before_signed_is_taken_too() throws Exception {
    String token =
        hs256(
            header -> header.put("kid", keyId(RunningServer.PREVIOUS_KEY)),
            ForgedTokensTest::asItIs,
            RunningServer.PREVIOUS_KEY);
    assertThat(read(token)).isEqualTo(200);
    assertThat(page(token)).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void a_forged_token_opens_nothing(Forgery forgery) throws Exception {
    String token = forge(forgery);
    assertThat(read(token)).isEqualTo(401);
    assertThat(page(token)).as("the page sends to the login").isEqualTo(303);
    LiveSocket socket = LiveSocket.open(server, token, school.id());
    await().until(socket::isClosed);
    assertThat(socket.hasNews()).isFalse();
  }

  private String forge(Forgery forgery) throws GeneralSecurityException {
    Secret key = TestSecurity.KEY;
    return switch (forgery) {
      case UNSIGNED -> part(new JsonObject().put("alg", "none")) + "." + claims() + ".";
      case UNSIGNED_WITH_THE_KEY_NAMED ->
          text(h -> h.put("alg", "none"), ForgedTokensTest::asItIs) + ".";
      case HS512 ->
          signed(text(h -> h.put("alg", "HS512"), ForgedTokensTest::asItIs), "HmacSHA512", key);
      case RS256 -> rsa(text(h -> h.put("alg", "RS256"), ForgedTokensTest::asItIs));
      case UNKNOWN_KEY -> hs256(h -> h.put("kid", "AAAAAAAAAAAA"), ForgedTokensTest::asItIs, key);
      case NO_KEY -> hs256(h -> h.remove("kid"), ForgedTokensTest::asItIs, key);
      case EARLIER_KEY_NAMED_BUT_NOT_USED ->
          hs256(
              h -> h.put("kid", keyId(RunningServer.PREVIOUS_KEY)), ForgedTokensTest::asItIs, key);
      case OTHER_ISSUER -> hs256(ForgedTokensTest::asItIs, c -> c.put("iss", "other"), key);
      case OTHER_AUDIENCE ->
          hs256(ForgedTokensTest::asItIs, c -> c.put("aud", "porteria-parents"), key);
      case NO_AUDIENCE -> hs256(ForgedTokensTest::asItIs, c -> c.remove("aud"), key);
      case NO_EXPIRY -> hs256(ForgedTokensTest::asItIs, c -> c.remove("exp"), key);
      case OTHER_VERSION -> hs256(ForgedTokensTest::asItIs, c -> c.put("ver", 2), key);
      case OTHER_SESSION ->
          hs256(ForgedTokensTest::asItIs, c -> c.put("sid", school.id().toString()), key);
    };
  }

  private String hs256(Consumer<JsonObject> header, Consumer<JsonObject> claims, Secret key)
      throws GeneralSecurityException {
    return signed(text(header, claims), "HmacSHA256", key);
  }

  private static String signed(String text, String algorithm, Secret key)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key.bytes(), algorithm));
    return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String rsa(String text) throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + base64(signature.sign());
  }

  private static void asItIs(JsonObject json) {
    assertThat(json.isEmpty()).isFalse();
  }

  /** Header and claims of the genuine token, changed. */
  private String text(Consumer<JsonObject> header, Consumer<JsonObject> claims) {
    return changed(0, header) + "." + changed(1, claims);
  }

  private String claims() {
    return changed(1, ForgedTokensTest::asItIs);
  }

  private String changed(int part, Consumer<JsonObject> change) {
    byte[] json = Base64.getUrlDecoder().decode(genuine.split("\\.", -1)[part]);
    JsonObject object = new JsonObject(new String(json, StandardCharsets.UTF_8));
    change.accept(object);
    return part(object);
  }

  /** How a key is named: nine bytes of what it makes of a fixed word. */
  private static String keyId(Secret key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
      byte[] whole = mac.doFinal("kid\0".getBytes(StandardCharsets.US_ASCII));
      return base64(whole).substring(0, 12);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String part(JsonObject json) {
    return base64(json.encode().getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private int read(String token) {
    return server.get("/attendance/day", token).status();
  }

  private int page(String cookie) {
    return server
        .request(HttpMethod.GET, "/dashboard")
        .followRedirects(false)
        .putHeader("Cookie", "porteria_session=" + cookie)
        .send()
        .await()
        .statusCode();
  }
}
