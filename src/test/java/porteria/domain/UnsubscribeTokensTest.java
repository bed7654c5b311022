package porteria.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The link of a mail: ours alone make one, and it names one message. */
class UnsubscribeTokensTest {

  private static final URI HOME = URI.create("https://porteria.example/");
  private static final String PREFIX = "https://porteria.example/unsubscribe/";

  private final UnsubscribeTokens tokens = tokens("a key of thirty-two bytes, or more");

  @Test
  void a_link_names_its_message() {
    UUID id = UUID.randomUUID();
    assertThat(tokens.url(id)).startsWith(PREFIX);
    assertThat(tokens.read(token(id))).contains(id);
  }

  @Test
  void no_bit_of_it_can_be_changed() {
    byte[] token = Base64.getUrlDecoder().decode(token(UUID.randomUUID()));
    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] changed = Arrays.copyOf(token, token.length);
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(tokens.read(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
          .as("bit %d", bit)
          .isEmpty();
    }
  }

  @Test
  void what_another_key_made_is_none_of_ours() {
    String foreign = tokens("another key of thirty-two bytes or more").url(UUID.randomUUID());
    assertThat(tokens.read(foreign.substring(PREFIX.length()))).isEmpty();
  }

  @Test
  void a_link_that_was_made_before_the_key_was_changed_stays_good() {
    UUID id = UUID.randomUUID();
    String before = token(id);
    UnsubscribeTokens changed =
        new UnsubscribeTokens(
            HOME,
            List.of(
                "a new key of thirty-two bytes, or more".getBytes(StandardCharsets.UTF_8),
                "a key of thirty-two bytes, or more".getBytes(StandardCharsets.UTF_8)));
    assertThat(changed.read(before)).contains(id);
    assertThat(changed.url(id)).isNotEqualTo(PREFIX + before);
  }

  @Test
  void other_texts_are_none() {
    assertThat(tokens.read("")).isEmpty();
    assertThat(tokens.read("!".repeat(43))).isEmpty();
    assertThat(tokens.read("A".repeat(43))).isEmpty();
    assertThat(tokens.read("A".repeat(10_000))).isEmpty();
  }

  private String token(UUID id) {
    return tokens.url(id).substring(PREFIX.length());
  }

  private static UnsubscribeTokens tokens(String key) {
    return new UnsubscribeTokens(HOME, List.of(key.getBytes(StandardCharsets.UTF_8)));
  }
}
