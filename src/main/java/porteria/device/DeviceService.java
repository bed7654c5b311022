package porteria.device;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import porteria.config.SecuritySettings;
import porteria.db.Database;
import porteria.domain.Kiosk;

/**
 * Says which kiosk a token stands for. Safe for use from several event loops at once.
 *
 * <p>Every scan passes here, so an answer is remembered, under the token's own text: a hit costs a
 * map look-up and no cryptography. The text is in memory with every request anyway, and a map
 * cannot be searched by timing for 256 random bits; only what the database holds must be a keyed
 * hash, and that is computed on a miss. Nothing is remembered longer than {@link #LIFE}, so a
 * revocation is in force that soon on every node.
 */
public final class DeviceService {

  /** How old an answer may be, counted from before the statement that found it. */
  public static final Duration LIFE = Duration.ofSeconds(5);

  /** Ours have 43 characters; longer text is nobody's and not worth remembering. */
  private static final int LONGEST_TOKEN = 128;

  private final KioskMemory memory;
  private final KioskLookup lookup;

  public DeviceService(Database database, SecuritySettings settings, InstantSource clock) {
    DeviceRepository repository = new DeviceRepository(database);
    Sightings sightings = new Sightings(database, clock);
    this.memory = new KioskMemory(LIFE, clock);
    this.lookup =
        new KioskLookup(
            hashes -> repository.findByTokenHashes(hashes).map(sightings::note),
            new DeviceTokens(settings.secretKeys()),
            memory,
            clock);
  }

  /**
   * The kiosk that carries this token.
   *
   * @return empty when the token is unknown or revoked; fails with {@link
   *     porteria.domain.FailureException} when the database does not answer or too many ask at once
   */
  public Future<Optional<Kiosk>> authenticate(String token) {
    if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
      return KioskMemory.NOBODY;
    }
    return memory.recall(token).orElseGet(() -> lookup.find(token));
  }
}
