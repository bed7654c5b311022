package porteria.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import porteria.config.Secret;
import porteria.config.SecuritySettings;

/** The server's keys in tests. */
public final class TestSecurity {

  /** The key of everything, unless a test says otherwise. */
  public static final Secret KEY = new Secret("a key of the tests, long enough to be one");

  /** Lets programs ask that messages be sent now. */
  public static final Secret WORKER_TOKEN = new Secret("a worker token of the tests");

  private TestSecurity() {}

  /** Every key is {@link #KEY}; access tokens are good for a quarter of an hour. */
  public static SecuritySettings settings() {
    return settings(KEY);
  }

  /** The same with another key. */
  public static SecuritySettings settings(Secret key) {
    return settings(key, List.of());
  }

  /** The same with earlier keys. */
  public static SecuritySettings settings(Secret key, List<Secret> previous) {
    return new SecuritySettings(
        key,
        previous,
        key,
        List.of(),
        key,
        key,
        Optional.of(WORKER_TOKEN),
        Duration.ofMinutes(15),
        Duration.ofHours(12),
        Duration.ofDays(30),
        Set.of());
  }
}
