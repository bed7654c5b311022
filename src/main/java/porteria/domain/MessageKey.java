package porteria.domain;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that authenticates messages with HMAC-SHA256. Safe for use by several threads at once,
 * without a lock: each message is worked on a copy of the prepared key, never on the key itself.
 */
public final class MessageKey {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac prepared;

  /**
   * Prepares the key.
   *
   * @param key at least 32 bytes that nobody else knows
   */
  public MessageKey(byte[] key) {
    try {
      prepared = Mac.getInstance(ALGORITHM);
      prepared.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The 32 bytes that only a holder of the key can derive from {@code message}. */
  public byte[] authenticate(byte[] message) {
    try {
      return ((Mac) prepared.clone()).doFinal(message);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's HmacSHA256 can be copied", e);
    }
  }
}
