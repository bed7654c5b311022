package porteria.domain;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes and reads what a card or a screen carries.
 *
 * <p>A <em>card token</em> (NFC sticker, printed QR) is 128 random bits in base64url, 22
 * characters; only its HMAC-SHA256 is ever stored. On a sticker it is written as {@code
 * https://…/t/<token>}, optionally with {@code ?sig=}; kiosks may send the whole URI. An
 * <em>ephemeral QR</em> is signed and carries school, pupil and expiry: {@code
 * PQ1.<payload>.<signature>}.
 *
 * <p>Safe for use by several threads at once.
 */
public final class CardTokens {

  private static final String EPHEMERAL_PREFIX = "PQ1.";
  private static final int EPHEMERAL_BYTES = 16 + 16 + 8;
  private static final int TOKEN_BYTES = 16;
  private static final Pattern CARD_URI =
      Pattern.compile("https?://[^/?#]+/t/(?<token>[^/?#]*)(?:\\?sig=(?<sig>[^&#]*))?");
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final MessageKey hashing;
  private final List<MessageKey> formerHashing;
  private final MessageKey signing;

  /**
   * Prepares the two keys.
   *
   * @param tagSecret key of the stored hashes
   * @param tagSigningKey key of signatures on URIs and ephemeral QRs
   */
  public CardTokens(byte[] tagSecret, byte[] tagSigningKey) {
    this(List.of(tagSecret), tagSigningKey);
  }

  /**
   * Prepares the keys of an installation that has changed one.
   *
   * @param tagSecrets the key of new hashes first, then those that older hashes were made with
   * @param tagSigningKey key of signatures on URIs and ephemeral QRs
   */
  public CardTokens(List<byte[]> tagSecrets, byte[] tagSigningKey) {
    this.hashing = new MessageKey(tagSecrets.getFirst());
    this.formerHashing = tagSecrets.stream().skip(1).map(MessageKey::new).toList();
    this.signing = new MessageKey(tagSigningKey);
  }

  /** What a kiosk read. */
  public sealed interface Reading {
    /**
     * A card token.
     *
     * @param hash under which it is stored
     * @param formerHashes under which it is stored if it is older than the key, one for each
     *     earlier key
     */
    record Card(Buffer hash, List<Buffer> formerHashes) implements Reading {
      public Card {
        formerHashes = List.copyOf(formerHashes);
      }

      /** Every hash that the token may be stored under. */
      public List<Buffer> hashes() {
        return Stream.concat(Stream.of(hash), formerHashes.stream()).toList();
      }
    }

    /** A genuine ephemeral QR. */
    record Ephemeral(UUID schoolId, UUID studentId, Instant expiresAt) implements Reading {}

    /** It carries a signature that is not ours. */
    record Forged() implements Reading {}
  }

  /** A new card token. */
  public static String newToken(SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return ENCODER.encodeToString(bytes);
  }

  /** The 32 bytes under which a card token is stored. */
  public byte[] hash(String token) {
    return hashing.authenticate(token.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of {@code sig} on a sticker's URI. */
  public String signature(String token) {
    return ENCODER.encodeToString(sign("tag", token.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A signed QR for one pupil, good for scans captured before {@code expiresAt} (whole seconds).
   */
  public String ephemeral(UUID schoolId, UUID studentId, Instant expiresAt) {
    byte[] payload =
        ByteBuffer.allocate(EPHEMERAL_BYTES)
            .putLong(schoolId.getMostSignificantBits())
            .putLong(schoolId.getLeastSignificantBits())
            .putLong(studentId.getMostSignificantBits())
            .putLong(studentId.getLeastSignificantBits())
            .putLong(expiresAt.getEpochSecond())
            .array();
    return EPHEMERAL_PREFIX
        + ENCODER.encodeToString(payload)
        + "."
        + ENCODER.encodeToString(sign("qr", payload));
  }

  /** Reads whatever a kiosk sent; unknown text is a card token nobody holds. */
  public Reading read(String text) {
    if (text.startsWith(EPHEMERAL_PREFIX)) {
      return readEphemeral(text.substring(EPHEMERAL_PREFIX.length()));
    }
    Matcher uri = CARD_URI.matcher(text);
    if (!uri.matches()) {
      return card(text);
    }
    String token = uri.group("token");
    String signature = uri.group("sig");
    if (signature != null && !matches(signature, "tag", token.getBytes(StandardCharsets.UTF_8))) {
      return new Reading.Forged();
    }
    return card(token);
  }

  /** A token by itself, as on a sticker's URI. */
  public Reading.Card card(String token) {
    byte[] text = token.getBytes(StandardCharsets.UTF_8);
    return new Reading.Card(
        Buffer.buffer(hashing.authenticate(text)),
        formerHashing.stream().map(key -> Buffer.buffer(key.authenticate(text))).toList());
  }

  private Reading readEphemeral(String text) {
    int dot = text.indexOf('.');
    byte[] payload = dot < 0 ? new byte[0] : decode(text.substring(0, dot));
    if (payload.length != EPHEMERAL_BYTES || !matches(text.substring(dot + 1), "qr", payload)) {
      return new Reading.Forged();
    }
    ByteBuffer fields = ByteBuffer.wrap(payload);
    return new Reading.Ephemeral(
        new UUID(fields.getLong(), fields.getLong()),
        new UUID(fields.getLong(), fields.getLong()),
        Instant.ofEpochSecond(fields.getLong()));
  }

  private boolean matches(String signature, String purpose, byte[] content) {
    return MessageDigest.isEqual(sign(purpose, content), decode(signature));
  }

  /** One key signs two kinds of content; the purpose keeps them apart. */
  private byte[] sign(String purpose, byte[] content) {
    byte[] label = (purpose + "\0").getBytes(StandardCharsets.UTF_8);
    return signing.authenticate(
        ByteBuffer.allocate(label.length + content.length).put(label).put(content).array());
  }

  private static byte[] decode(String text) {
    try {
      return DECODER.decode(text);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }
}
