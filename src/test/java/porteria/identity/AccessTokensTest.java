package porteria.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.config.Secret;
import porteria.domain.MessageKey;
import porteria.domain.Role;
import porteria.testkit.SettableClock;
import porteria.testkit.TestSecurity;

class AccessTokensTest {

  private static final String KEY = TestSecurity.KEY.value();
  private static final StaffSession ROSA =
      new StaffSession(
          UUID.randomUUID(),
          UUID.randomUUID(),
          Role.INSPECTOR,
          "Rosa Ñancupil",
          UUID.randomUUID(),
          3,
          false);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T11:00:00.700Z"));
  private final AccessTokens tokens = tokens(KEY);

  @Test
  void a_token_stands_for_the_person_it_was_issued_to() {
    assertThat(tokens.verify(tokens.issue(ROSA).value())).contains(ROSA);
  }

  @Test
  void it_is_a_jwt_with_the_agreed_claims() {
    AccessToken token = tokens.issue(ROSA);
    String[] parts = token.value().split("\\.", -1);
    assertThat(parts).hasSize(3);
    JsonObject header = json(parts[0]);
    assertThat(header.getString("kid")).matches("[\\w-]{12}");
    header.remove("kid");
    assertThat(header).isEqualTo(new JsonObject().put("alg", "HS256").put("typ", "JWT"));
    assertThat(json(parts[1]))
        .isEqualTo(
            new JsonObject()
                .put("iss", "porteria")
                .put("aud", "porteria-staff")
                .put("sub", ROSA.staffId().toString())
                .put("school", ROSA.schoolId().toString())
                .put("role", "INSPECTOR")
                .put("name", "Rosa Ñancupil")
                .put("sid", ROSA.sessionId().toString())
                .put("ver", 3)
                .put("iat", 1772449200)
                .put("exp", 1772449200 + 900));
    assertThat(token.life()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void it_expires_by_the_injected_clock() {
    String token = tokens.issue(ROSA).value();
    clock.advance(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(tokens.verify(token)).contains(ROSA);
    clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.verify(token)).isEmpty();
  }

  @Test
  void a_token_of_another_key_is_refused() {
    assertThat(
            tokens.verify(tokens("another key, which is long enough as well").issue(ROSA).value()))
        .isEmpty();
  }

  @Test
  void a_token_of_the_key_before_stays_good_and_new_ones_name_the_new_key() {
    String before = tokens.issue(ROSA).value();
    AccessTokens changed = tokens("the key that is used from now on", KEY);
    assertThat(changed.verify(before)).contains(ROSA);
    String after = changed.issue(ROSA).value();
    assertThat(changed.verify(after)).contains(ROSA);
    assertThat(tokens.verify(after)).isEmpty();
  }

  @Test
  void altered_claims_are_refused() {
    String[] parts = tokens.issue(ROSA).value().split("\\.", -1);
    String raised = part(json(parts[1]).put("role", "ADMIN").encode());
    assertThat(tokens.verify(parts[0] + "." + raised + "." + parts[2])).isEmpty();
  }

  @Test
  void every_single_altered_character_of_the_signature_matters() {
    String token = tokens.issue(ROSA).value();
    int signature = token.lastIndexOf('.') + 1;
    // The last character carries two bits that base64 ignores, so it is left out.
    for (int i = signature; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.verify(altered)).as("character %d", i).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"typ\":\"JWT\"}",
        "{\"alg\":\"None\"}",
        "{\"alg\":\"HS512\",\"typ\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"../../dev/null\"}",
        "{}",
      })
  void no_header_but_ours_is_accepted_even_when_signed(String header) {
    String claims = tokens.issue(ROSA).value().split("\\.", -1)[1];
    String unsigned = part(header) + "." + claims;
    assertThat(tokens.verify(unsigned + ".")).isEmpty();
    assertThat(tokens.verify(unsigned)).isEmpty();
    assertThat(tokens.verify(signed(unsigned))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "Bearer x", "a.b.ñ"})
  void text_that_is_no_token_is_refused(String text) {
    assertThat(tokens.verify(text)).isEmpty();
    assertThat(tokens.verify(header() + text)).isEmpty();
    assertThat(tokens.verify(header() + "." + text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "not json",
        "{}",
        "{\"iss\":\"porteria\",\"aud\":\"porteria-staff\",\"exp\":99999999999}",
        "{\"iss\":\"porteria\",\"aud\":\"porteria-staff\",\"exp\":\"99999999999\"}",
        "{\"iss\":7,\"exp\":99999999999}",
      })
  void claims_of_another_shape_are_refused_though_the_signature_is_right(String claims) {
    assertThat(tokens.verify(signed(header() + "." + part(claims)))).isEmpty();
  }

  @Test
  void another_issuer_with_our_key_is_refused() {
    JsonObject claims = json(tokens.issue(ROSA).value().split("\\.", -1)[1]).put("iss", "other");
    assertThat(tokens.verify(signed(header() + "." + part(claims.encode())))).isEmpty();
  }

  @Test
  void many_threads_may_issue_and_verify_at_once() {
    AtomicInteger right = new AtomicInteger();
    IntStream.range(0, 2_000)
        .parallel()
        .filter(i -> tokens.verify(tokens.issue(ROSA).value()).isPresent())
        .forEach(i -> right.incrementAndGet());
    assertThat(right).hasValue(2_000);
  }

  @Test
  void a_token_does_not_print() {
    AccessToken token = tokens.issue(ROSA);
    assertThat(token.toString()).doesNotContain(token.value());
  }

  private AccessTokens tokens(String key, String... previous) {
    return new AccessTokens(
        TestSecurity.settings(new Secret(key), Arrays.stream(previous).map(Secret::new).toList()),
        clock);
  }

  private String header() {
    return tokens.issue(ROSA).value().split("\\.", -1)[0];
  }

  private static String signed(String text) {
    byte[] signature =
        new MessageKey(new Secret(KEY).bytes())
            .authenticate(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject json(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }
}
