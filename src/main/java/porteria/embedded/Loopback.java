package porteria.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The one address on which the embedded servers listen. */
final class Loopback {
  static final String HOST = "127.0.0.1";

  private static final byte[] ADDRESS = {127, 0, 0, 1};

  private Loopback() {}

  /** {@code wanted} itself, or for 0 a port that nobody listens on at this moment. */
  static int port(int wanted) {
    if (wanted != 0) {
      return wanted;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(ADDRESS))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedServerException("No free port on " + HOST, e);
    }
  }
}
