package porteria.domain;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a mail's link to unsubscribe carries (RFC 8058, section 3.1: opaque and hard to forge): the
 * id of the mail's notification and 128 bits of a MAC, in base64url, 43 characters. It grants
 * nothing but to stop that school's mail to that mailbox. Safe for several threads at once.
 */
public final class UnsubscribeTokens {

  // The server's key signs other things too; none of them begins so.
  private static final byte[] PURPOSE = "unsubscribe\0".getBytes(StandardCharsets.UTF_8);
  private static final int ID_BYTES = 16;
  private static final int MAC_BYTES = 16;
  private static final int LENGTH = 43;

  private final String pages;
  private final List<MessageKey> keys;

  /**
   * @param publicUrl where families reach the server
   * @param secretKeys {@code security.secret-key}, then what it was before: links of mails that
   *     were sent then stay good
   */
  public UnsubscribeTokens(URI publicUrl, List<byte[]> secretKeys) {
    this.pages = publicUrl.toString().replaceFirst("/+$", "") + "/unsubscribe/";
    this.keys = secretKeys.stream().map(MessageKey::new).toList();
  }

  /** The address that a mail of this notification names. */
  public String url(UUID notification) {
    byte[] id = bytes(notification);
    ByteBuffer token =
        ByteBuffer.allocate(ID_BYTES + MAC_BYTES).put(id).put(mac(keys.getFirst(), id));
    return pages + Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /** The notification of a token; empty when it is none of ours. */
  public Optional<UUID> read(String token) {
    if (token.length() != LENGTH) {
      return Optional.empty();
    }
    byte[] given;
    try {
      given = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    byte[] id = Arrays.copyOf(given, ID_BYTES);
    byte[] mac = Arrays.copyOfRange(given, ID_BYTES, given.length);
    if (keys.stream().noneMatch(key -> MessageDigest.isEqual(mac, mac(key, id)))) {
      return Optional.empty();
    }
    ByteBuffer parts = ByteBuffer.wrap(id);
    return Optional.of(new UUID(parts.getLong(), parts.getLong()));
  }

  private static byte[] mac(MessageKey key, byte[] id) {
    byte[] message = ByteBuffer.allocate(PURPOSE.length + ID_BYTES).put(PURPOSE).put(id).array();
    return Arrays.copyOf(key.authenticate(message), MAC_BYTES);
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(ID_BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
