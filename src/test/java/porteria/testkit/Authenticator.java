package porteria.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app, made from RFC 6238 and not from the server's code. */
public record Authenticator(String secret) {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;

  /** The code that the app shows at a time. */
  public String code(Instant at) {
    byte[] counter = new byte[8];
    byte[] step = BigInteger.valueOf(at.getEpochSecond() / STEP_SECONDS).toByteArray();
    System.arraycopy(step, 0, counter, 8 - step.length, step.length);
    byte[] hash = hash(counter);
    int offset = hash[19] & 15;
    BigInteger word = new BigInteger(1, Arrays.copyOfRange(hash, offset, offset + 4));
    int number = word.clearBit(31).mod(BigInteger.valueOf(1_000_000)).intValue();
    return "%06d".formatted(number);
  }

  private byte[] hash(byte[] counter) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key(), "HmacSHA1"));
      return mac.doFinal(counter);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** 32 characters of five bits are 20 bytes. */
  private byte[] key() {
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < secret.length(); i++) {
      bits = bits.shiftLeft(5).add(BigInteger.valueOf(BASE32.indexOf(secret.charAt(i))));
    }
    byte[] signed = bits.toByteArray();
    byte[] key = new byte[20];
    int length = Math.min(signed.length, 20);
    System.arraycopy(signed, signed.length - length, key, 20 - length, length);
    return key;
  }
}
