package porteria.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** The one address on which the embedded servers listen. */
final class Loopback {
  static final String HOST = "127.0.0.1";

  private static final byte[] ADDRESS = {127, 0, 0, 1};

  /**
   * From here up Linux lends ports to whoever connects ({@code ip_local_port_range}): one of them
   * could be taken while the server that is to listen on it is still being prepared.
   */
  private static final int LENT_PORTS = 32_768;

  private static final int LOWEST_PORT = 20_000;
  private static final int TRIES = 100;

  private Loopback() {}

  /** {@code wanted} itself, or for 0 a port that nobody listens on at this moment. */
  static int port(int wanted) {
    if (wanted != 0) {
      return wanted;
    }
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LENT_PORTS);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedServerException("No free port on " + HOST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(ADDRESS))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
