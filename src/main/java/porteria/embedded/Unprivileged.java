package porteria.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run a program that refuses to run as root, as PostgreSQL does. In a user namespace of its
 * own the process has no privileges left and still owns its files; containers often run as root.
 */
final class Unprivileged {
  private static final List<String> NAMESPACE = List.of("unshare", "--user");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Unprivileged() {}

  /**
   * The command line that runs {@code line} without privileges: itself for an ordinary user.
   *
   * @throws EmbeddedServerException when this process is root and may not make a user namespace
   */
  static List<String> line(Path directory, List<String> line) {
    if (new UnixSystem().getUid() != 0) {
      return line;
    }
    List<String> inNamespace = new ArrayList<>(NAMESPACE);
    inNamespace.addAll(line);
    requireNamespaces(directory);
    return inNamespace;
  }

  private static void requireNamespaces(Path directory) {
    List<String> probe = new ArrayList<>(NAMESPACE);
    probe.add("true");
    Command.run(directory, LIMIT, probe)
        .orThrow(
            "PostgreSQL does not run as root, and no user namespace is allowed here;"
                + " run as an ordinary user");
  }
}
