package porteria.domain;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * What a guardian's link carries: 256 bits in base64url, 43 characters, in the fragment of the
 * address, which browsers send to nobody.
 *
 * <p>A token is derived from the link's random id with the server's key. So whoever writes the
 * message can make it, while the database holds only a hash: a copy of the database opens nothing.
 * Safe for several threads at once.
 */
public final class MagicLinkTokens {

  // The server's key signs other things too; none of them begins so.
  private static final String TOKEN_PURPOSE = "magic-link\0";
  private static final String HASH_PURPOSE = "magic-link-hash\0";
  private static final String REQUESTER_PURPOSE = "magic-link-requester\0";

  private final String pages;
  private final MessageKey key;

  /**
   * @param publicUrl where families reach the server
   * @param secretKey {@code security.secret-key}
   */
  public MagicLinkTokens(URI publicUrl, byte[] secretKey) {
    this.pages = publicUrl.toString().replaceFirst("/+$", "") + "/p/";
    this.key = new MessageKey(secretKey);
  }

  /**
   * The address that a guardian opens.
   *
   * @param school its slug
   */
  public String url(String school, UUID linkId) {
    return pages + school + "#" + token(linkId);
  }

  /** The 32 bytes under which a link is stored. */
  public byte[] hash(UUID linkId) {
    return hash(token(linkId));
  }

  /** The 32 bytes under which the link of this token is stored. */
  public byte[] hash(String token) {
    return authenticate(HASH_PURPOSE + token);
  }

  /** The 32 bytes under which it is stored from which network a link was asked for. */
  public byte[] requester(String network) {
    return authenticate(REQUESTER_PURPOSE + network);
  }

  private String token(UUID linkId) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(authenticate(TOKEN_PURPOSE + linkId));
  }

  private byte[] authenticate(String message) {
    return key.authenticate(message.getBytes(StandardCharsets.UTF_8));
  }
}
