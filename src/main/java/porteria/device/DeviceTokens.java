package porteria.device;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
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

  private final MessageKey key;

  /**
   * Prepares the key.
   *
   * @param secretKey {@code security.secret-key}
   */
  public DeviceTokens(Secret secretKey) {
    this.key = new MessageKey(secretKey.bytes());
  }

  /** A new token. */
  public static String newToken(SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The 32 bytes under which a token is stored. */
  public byte[] hash(String token) {
    return key.authenticate((PURPOSE + token).getBytes(StandardCharsets.UTF_8));
  }
}
