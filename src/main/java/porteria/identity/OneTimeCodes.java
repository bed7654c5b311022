package porteria.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238 over RFC 4226) as every authenticator app makes them:
 * HMAC-SHA-1, steps of 30 seconds, six digits. Pure functions.
 */
final class OneTimeCodes {

  /** As long as the hash (RFC 4226, section 4, R6). */
  static final int SECRET_BYTES = 20;

  private static final int STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;

  /** Steps that a phone's clock may be off, and that typing may take. */
  private static final int WINDOW = 1;

  private static final String ALGORITHM = "HmacSHA1";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private OneTimeCodes() {}

  /** The number of the step that a time is in. */
  static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }

  /** The code of a step: the dynamic truncation of RFC 4226, section 5.3. */
  static String code(byte[] secret, long step) {
    ByteBuffer hash = ByteBuffer.wrap(hash(secret, ByteBuffer.allocate(8).putLong(step).array()));
    int offset = hash.get(hash.capacity() - 1) & 0xf;
    int number = (hash.getInt(offset) & 0x7fff_ffff) % MODULUS;
    return String.format(Locale.ROOT, "%06d", number);
  }

  /**
   * The step of a code that is good now.
   *
   * @param last step of the code that was good before; only later ones are good again
   */
  static OptionalLong match(byte[] secret, String code, Instant now, long last) {
    long current = step(now);
    return LongStream.rangeClosed(current - WINDOW, current + WINDOW)
        .filter(step -> step > last)
        .filter(step -> same(code(secret, step), code))
        .findFirst();
  }

  /** Text of a secret as apps take it (RFC 4648, section 6), without padding. */
  static String base32(byte[] secret) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte each : secret) {
      bits = ((bits << 8) | (each & 0xff)) & 0xfff;
      for (held += 8; held >= 5; held -= 5) {
        text.append(BASE32.charAt((bits >> (held - 5)) & 0x1f));
      }
    }
    if (held > 0) {
      text.append(BASE32.charAt((bits << (5 - held)) & 0x1f));
    }
    return text.toString();
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hash(byte[] secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }
}
