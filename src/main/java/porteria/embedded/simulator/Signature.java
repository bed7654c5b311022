package porteria.embedded.simulator;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The {@code X-Hub-Signature-256} of a webhook's body. */
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  Signature(String appSecret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException cause) {
      // Every Java platform must provide this algorithm.
      throw new IllegalStateException("no " + ALGORITHM, cause);
    }
  }

  /** Such as {@code sha256=5257a8…}. */
  String of(Buffer body) {
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
  }
}
