package porteria.device;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import porteria.config.Secret;
import porteria.domain.MessageKey;

/**
 * What a kiosk carries: 256 random bits in base64url, 43 characters. Only a keyed hash of a token
 * is stored, so that a copy of the database lets nobody in. Safe for several threads at once.
 */
public final class DeviceTokens {

  private static final int TOKEN_BYTES = 32;

  /** The server's key signs other things too; none of them begins so. */
  private static final String PURPOSE = "device\0";

  private final List<MessageKey> keys;

  /**
   * Prepares the keys.
   *
   * @param secretKeys {@code security.secret-key}, then what it was before
   */
  public DeviceTokens(List<Secret> secretKeys) {
    this.keys = secretKeys.stream().map(key -> new MessageKey(key.bytes())).toList();
  }

  /** A new token. */
  public static String newToken(SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The 32 bytes under which a token is stored. */
  public byte[] hash(String token) {
    return hash(keys.getFirst(), token);
  }

  /** All that a token may be stored under: kiosks keep theirs when the key is changed. */
  List<Buffer> hashes(String token) {
    return keys.stream().map(key -> Buffer.buffer(hash(key, token))).toList();
  }

  private static byte[] hash(MessageKey key, String token) {
    return key.authenticate((PURPOSE + token).getBytes(StandardCharsets.UTF_8));
  }
}
