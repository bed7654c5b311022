package porteria.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Leave to upload one file.
 *
 * @param url to PUT it to
 * @param headers to send with it, exactly; they are signed
 * @param expiresAt when the URL ends
 */
public record UploadLeave(URI url, Map<String, String> headers, Instant expiresAt) {

  public UploadLeave {
    headers = Map.copyOf(headers);
  }
}
