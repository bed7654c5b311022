package porteria.photo;

import java.net.URI;
import java.time.Instant;

/** Leave to look at one photo until {@code expiresAt}. */
public record PhotoView(URI url, Instant expiresAt) {}
