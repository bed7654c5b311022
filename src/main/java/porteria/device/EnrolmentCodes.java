package porteria.device;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import porteria.config.Secret;
import porteria.domain.MessageKey;

/**
 * What an admin reads out and somebody types into a kiosk, once: ten characters of Crockford's
 * base32 (50 random bits), shown in two groups. The alphabet has no I, L, O and U; who types them
 * all the same is understood, as its author asks. Only a keyed hash is stored.
 */
final class EnrolmentCodes {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 10;
  private static final Pattern FILLING = Pattern.compile("[\\s-]+");
  private static final Pattern CODE = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

  /** The server's key signs other things too; none of them begins so. */
  private static final String PURPOSE = "enrolment\0";

  private final SecureRandom random = new SecureRandom();
  private final MessageKey key;

  EnrolmentCodes(Secret secretKey) {
    this.key = new MessageKey(secretKey.bytes());
  }

  /** A new code as it is shown, such as {@code 7K3ZD-0QW9M}. */
  String newCode() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      if (i == LENGTH / 2) {
        code.append('-');
      }
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }

  /** The 32 bytes under which a code is stored, however it was typed; empty when it is none. */
  Optional<byte[]> hash(String typed) {
    String code =
        FILLING
            .matcher(typed)
            .replaceAll("")
            .toUpperCase(Locale.ROOT)
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return CODE.matcher(code).matches()
        ? Optional.of(key.authenticate((PURPOSE + code).getBytes(StandardCharsets.UTF_8)))
        : Optional.empty();
  }
}
