package porteria.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import porteria.config.Secret;
import porteria.testkit.TestSecurity;

class SealedSecretsTest {

  private static final Secret OLD = new Secret("the key before, long enough to be one too");
  private static final byte[] TEXT = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  private final UUID person = UUID.randomUUID();
  private final SealedSecrets sealed = new SealedSecrets(TestSecurity.settings());

  @Test
  void a_secret_is_read_again_and_never_looks_the_same() {
    Buffer once = sealed.seal(person, TEXT);
    assertThat(sealed.open(person, once)).contains(TEXT);
    assertThat(sealed.seal(person, TEXT)).isNotEqualTo(once);
    assertThat(once.toString(StandardCharsets.ISO_8859_1)).doesNotContain("1234567890");
  }

  @Test
  void it_cannot_be_given_to_somebody_else() {
    assertThat(sealed.open(UUID.randomUUID(), sealed.seal(person, TEXT))).isEmpty();
  }

  @Test
  void a_key_that_was_opens_it_while_it_is_named_and_not_after() {
    Buffer old = new SealedSecrets(TestSecurity.settings(OLD)).seal(person, TEXT);
    assertThat(sealed.open(person, old)).isEmpty();
    assertThat(
            new SealedSecrets(TestSecurity.settings(TestSecurity.KEY, List.of(OLD)))
                .open(person, old))
        .contains(TEXT);
  }
}
