package porteria.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/** Whether containers can be had here. */
final class DockerEngine {
  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  /** Set to {@code 1} to let the tests use containers, which may pull an image. */
  private static final String WANTED = "PORTERIA_TEST_DOCKER";

  private DockerEngine() {}

  /** Asks the engine itself only where there are signs of one: asking takes seconds otherwise. */
  static boolean isWantedAndThere() {
    return "1".equals(System.getenv(WANTED))
        && hasSigns()
        && DockerClientFactory.instance().isDockerAvailable();
  }

  private static boolean hasSigns() {
    return System.getenv("DOCKER_HOST") != null || Files.exists(SOCKET);
  }
}
