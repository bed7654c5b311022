package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A school may have written a phone down in another form than WhatsApp names it by. */
class PhoneVariantsTest {

  @ParameterizedTest
  @CsvSource({
    "56912345678, +56912345678, +56912345678",
    "551187654321, +5511987654321, +551187654321",
    "5511987654321, +5511987654321, +551187654321",
    "5215512345678, +525512345678, +5215512345678",
    "5491123456789, +541123456789, +5491123456789",
    "15551234567, +15551234567, +15551234567"
  })
  void is_known_in_each_form(String digits, String one, String other) {
    assertThat(PhoneVariants.of(digits)).containsOnly(one, other);
  }
}
