package porteria.photo;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Leave to upload one photo.
 *
 * @param url to PUT it to
 * @param headers to send with it, exactly; they are signed
 * @param expiresAt when the URL ends
 */
public record PhotoUpload(URI url, Map<String, String> headers, Instant expiresAt) {

  public PhotoUpload {
    headers = Map.copyOf(headers);
  }
}
