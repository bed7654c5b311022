package porteria.identity;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import porteria.config.SecuritySettings;
import porteria.domain.MessageKey;

/**
 * Makes refresh tokens: 256 bits in base64url, 43 characters, stored as a keyed hash alone.
 *
 * <p>The first of a session is random; each next one is derived from the one before with the
 * server's key. Nobody else can tell it, and the server can say it once more to a client that lost
 * the answer, without having kept it. Safe for several threads at once.
 */
final class RefreshTokens {

  private static final int TOKEN_BYTES = 32;

  /** The server's keys sign other things too; none of them begins so. */
  private static final String STORED = "refresh\0";

  private static final String NEXT = "refresh-next\0";

  private final List<MessageKey> keys;

  RefreshTokens(SecuritySettings settings) {
    this.keys =
        settings.secretKeys().stream().map(secret -> new MessageKey(secret.bytes())).toList();
  }

  /** The first token of a session. */
  static String first(SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return text(bytes);
  }

  /** The token that comes after this one. */
  String successor(String token) {
    return text(keyed(keys.getFirst(), NEXT, token));
  }

  /** The successor that is stored so; also when the key has changed since it was given out. */
  Optional<String> successor(String token, Buffer stored) {
    return keys.stream()
        .map(key -> text(keyed(key, NEXT, token)))
        .filter(next -> hashes(next).stream().anyMatch(hash -> same(hash, stored)))
        .findFirst();
  }

  /** Under what a new token is stored, 32 bytes. */
  Buffer hash(String token) {
    return Buffer.buffer(keyed(keys.getFirst(), STORED, token));
  }

  /** Under what a token may be stored: by the key of now or an earlier one. */
  List<Buffer> hashes(String token) {
    return keys.stream().map(key -> Buffer.buffer(keyed(key, STORED, token))).toList();
  }

  private static boolean same(Buffer one, Buffer other) {
    return MessageDigest.isEqual(one.getBytes(), other.getBytes());
  }

  private static byte[] keyed(MessageKey key, String purpose, String token) {
    return key.authenticate((purpose + token).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
