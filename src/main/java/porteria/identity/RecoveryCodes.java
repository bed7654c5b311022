package porteria.identity;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import porteria.config.SecuritySettings;
import porteria.domain.MessageKey;

/**
 * Codes that stand in for a lost phone, each once: ten characters of Crockford's base32, 50 bits,
 * stored as a keyed hash alone.
 */
final class RecoveryCodes {

  static final int NUMBER = 10;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int HALF = 5;
  private static final Pattern FILLING = Pattern.compile("[\\s-]+");

  /** The server's keys sign other things too; none of them begins so. */
  private static final String PURPOSE = "recovery\0";

  private final SecureRandom random = new SecureRandom();
  private final List<MessageKey> keys;

  RecoveryCodes(SecuritySettings settings) {
    keys = settings.secretKeys().stream().map(secret -> new MessageKey(secret.bytes())).toList();
  }

  /** New codes as they are shown, such as {@code 7K3ZD-0QW9M}. */
  List<String> draw() {
    return IntStream.range(0, NUMBER).mapToObj(i -> group() + "-" + group()).toList();
  }

  private String group() {
    StringBuilder group = new StringBuilder();
    for (int i = 0; i < HALF; i++) {
      group.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return group.toString();
  }

  /** Under what a new code is stored, 32 bytes. */
  Buffer hash(UUID staff, String code) {
    return hashes(staff, code).getFirst();
  }

  /** Under what a code may be stored, however it was typed; one for each key. */
  List<Buffer> hashes(UUID staff, String typed) {
    String code =
        FILLING
            .matcher(typed)
            .replaceAll("")
            .toUpperCase(Locale.ROOT)
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    byte[] message = (PURPOSE + staff + "\0" + code).getBytes(StandardCharsets.UTF_8);
    return keys.stream().map(key -> Buffer.buffer(key.authenticate(message))).toList();
  }
}
