package porteria.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a Redis whether it is there, open to this password and done loading its file. */
record RedisProbe(RedisAccess access) {
  private static final int TIMEOUT_MILLIS = 1000;
  private static final String WELL = "+OK\r\n+PONG\r\n";

  boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(access.host(), access.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      OutputStream output = socket.getOutputStream();
      String question = "AUTH " + access.password() + "\r\nPING\r\n";
      output.write(question.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(WELL.length());
      return WELL.equals(new String(answer, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // Not listening yet, or busy: the caller asks again until its patience ends.
      return false;
    }
  }
}
