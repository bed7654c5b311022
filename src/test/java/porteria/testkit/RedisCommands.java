package porteria.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import porteria.embedded.RedisAccess;

/** Redis commands for tests that want no client in between. */
public final class RedisCommands {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final String OK = "+OK\r\n";

  private RedisCommands() {}

  static void flush(RedisAccess access) {
    String answer = ask(access, "FLUSHALL");
    if (!answer.equals(OK)) {
      throw new IllegalStateException("Redis does not flush: " + answer);
    }
  }

  /** The raw answer to one command without spaces in its arguments, protocol marks included. */
  public static String ask(RedisAccess access, String command) {
    try (Socket socket = new Socket(access.host(), access.port())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String question = "AUTH " + access.password() + "\r\n" + command + "\r\nQUIT\r\n";
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!answers.startsWith(OK) || !answers.endsWith(OK)) {
        throw new IllegalStateException("Redis answers: " + answers);
      }
      return answers.substring(OK.length(), answers.length() - OK.length());
    } catch (IOException e) {
      throw new UncheckedIOException("Redis does not answer to " + command, e);
    }
  }
}
