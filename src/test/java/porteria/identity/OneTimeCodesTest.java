package porteria.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {

  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
  private static final Instant NOW = Instant.ofEpochSecond(1_111_111_111);

  /** RFC 6238, appendix B, for SHA-1: the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130",
  })
  void codes_are_those_of_the_rfc(long second, String code) {
    long step = OneTimeCodes.step(Instant.ofEpochSecond(second));
    assertThat(OneTimeCodes.code(SECRET, step)).isEqualTo(code);
  }

  /** RFC 4648, section 10. */
  @ParameterizedTest
  @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "foobar, MZXW6YTBOI"})
  void secrets_are_written_in_base32(String text, String written) {
    assertThat(OneTimeCodes.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(written);
  }

  @Test
  void a_code_is_good_one_step_before_and_after_its_own_and_no_further() {
    long now = OneTimeCodes.step(NOW);
    assertThat(match(now - 2, 0)).isFalse();
    assertThat(match(now - 1, 0)).isTrue();
    assertThat(match(now, 0)).isTrue();
    assertThat(match(now + 1, 0)).isTrue();
    assertThat(match(now + 2, 0)).isFalse();
  }

  @Test
  void no_code_is_good_of_a_step_that_was_used_or_of_one_before_it() {
    long now = OneTimeCodes.step(NOW);
    assertThat(match(now, now)).isFalse();
    assertThat(match(now - 1, now)).isFalse();
    assertThat(match(now + 1, now)).isTrue();
  }

  private static boolean match(long step, long last) {
    return OneTimeCodes.match(SECRET, OneTimeCodes.code(SECRET, step), NOW, last).isPresent();
  }
}
