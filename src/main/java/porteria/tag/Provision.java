package porteria.tag;

import java.time.Instant;

/**
 * A sticker to be written.
 *
 * @param ndefUri the one NDEF record; not stored and not shown again
 * @param preview the first six characters of its token, by which it is confirmed
 * @param checksum the first 16 hexadecimal digits of the URI's SHA-256
 * @param expiresAt until when it can be confirmed
 */
public record Provision(String ndefUri, String preview, String checksum, Instant expiresAt) {

  /** The URI stays out of logs. */
  @Override
  public String toString() {
    return "Provision[" + preview + "… until " + expiresAt + "]";
  }
}
