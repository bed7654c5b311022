package porteria.embedded.bench;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Credentials of the servers of one run, gone with it. */
record BenchSecrets(
    String superuser,
    String owner,
    String web,
    String worker,
    String redis,
    String secretKey,
    String tagSecret,
    String tagSigningKey,
    String metrics) {

  private static final int BYTES = 24;

  static BenchSecrets make() {
    SecureRandom random = new SecureRandom();
    return new BenchSecrets(
        text(random),
        text(random),
        text(random),
        text(random),
        text(random),
        text(random),
        text(random),
        text(random),
        text(random));
  }

  @Override
  public String toString() {
    return "BenchSecrets[…]";
  }

  private static String text(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
