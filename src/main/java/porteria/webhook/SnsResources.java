package porteria.webhook;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;

/**
 * What messages of Amazon SNS refer to: its certificates, and the addresses that confirm
 * subscriptions. Asked for addresses of SNS alone.
 */
@FunctionalInterface
public interface SnsResources {

  /** The body of a 200; fails when there is none within a deadline. */
  Future<Buffer> get(URI address);
}
