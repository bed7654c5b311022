package porteria.storage;

import java.net.URI;
import java.time.Instant;

/** Leave to look at one file until {@code expiresAt}. */
public record ViewLeave(URI url, Instant expiresAt) {}
