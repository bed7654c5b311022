package porteria.identity;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import porteria.config.SecuritySettings;
import porteria.domain.MessageKey;

/**
 * Seals the secrets of one-time codes, which must be read again and so cannot be hashed:
 * AES-256-GCM (NIST SP 800-38D) with a key derived from the server's, a random nonce before the
 * text, bound to the person. Who has the database alone has no code.
 */
final class SealedSecrets {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** The server's keys sign other things too; none of them begins so. */
  private static final byte[] PURPOSE = "totp-secret\0".getBytes(StandardCharsets.US_ASCII);

  private final SecureRandom random = new SecureRandom();
  private final List<SecretKeySpec> keys;

  SealedSecrets(SecuritySettings settings) {
    keys =
        settings.secretKeys().stream()
            .map(secret -> new MessageKey(secret.bytes()).authenticate(PURPOSE))
            .map(key -> new SecretKeySpec(key, "AES"))
            .toList();
  }

  Buffer seal(UUID staff, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, staff);
      return Buffer.buffer(nonce).appendBytes(cipher.doFinal(secret));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /** What was sealed for this person; empty when with none of the keys. */
  Optional<byte[]> open(UUID staff, Buffer sealed) {
    return keys.stream().flatMap(key -> open(key, staff, sealed.getBytes()).stream()).findFirst();
  }

  private static Optional<byte[]> open(SecretKeySpec key, UUID staff, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, staff);
      return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
    } catch (GeneralSecurityException anotherKey) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, UUID staff)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(staff.toString().getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
