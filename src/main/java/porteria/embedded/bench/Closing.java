package porteria.embedded.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped the other way round; what comes too late is stopped at once. */
final class Closing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  synchronized <T extends AutoCloseable> T add(T resource) {
    if (closed) {
      close(resource);
    } else {
      started.push(resource);
    }
    return resource;
  }

  @Override
  public synchronized void close() {
    closed = true;
    started.forEach(Closing::close);
    started.clear();
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("{} was not closed", resource.getClass().getSimpleName(), e);
    }
  }
}
