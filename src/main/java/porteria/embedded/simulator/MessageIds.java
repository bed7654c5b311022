package porteria.embedded.simulator;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Ids shaped like the providers' own, unique across restarts. */
final class MessageIds {
  private final long run = UUID.randomUUID().getMostSignificantBits();
  private long count;

  /** Such as {@code wamid.HBgL…}. */
  String wamid() {
    byte[] unique = ByteBuffer.allocate(16).putLong(run).putLong(++count).array();
    return "wamid.HBgL" + Base64.getUrlEncoder().withoutPadding().encodeToString(unique);
  }

  /** Such as {@code 0100…-000000}. */
  String mail() {
    HexFormat hex = HexFormat.of();
    return "0100" + hex.toHexDigits(run, 12) + "-" + hex.toHexDigits(++count, 12) + "-000000";
  }

  /** The trace id of an error. */
  String trace() {
    return "A" + HexFormat.of().toHexDigits(run ^ ++count);
  }
}
