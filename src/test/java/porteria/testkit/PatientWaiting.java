package porteria.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every {@code await()} of every class wait as long as a busy machine may need. Whoever waits
 * for something to happen loses nothing by it: what happens at once is seen at once. It is found as
 * a service, so that no class can forget it.
 */
public final class PatientWaiting implements BeforeAllCallback {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(PATIENCE);
  }
}
