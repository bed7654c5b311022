package porteria.embedded.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings an inbox back from its journal. Blocking: for a worker thread. */
final class JournalReader {
  private static final Logger log = LoggerFactory.getLogger(JournalReader.class);

  private final Path path;
  private final Inbox inbox;
  private final TemplateCatalogue templates;
  private long lines;
  private long unreadable;

  JournalReader(Path path, Inbox inbox, TemplateCatalogue templates) {
    this.path = path;
    this.inbox = inbox;
    this.templates = templates;
  }

  /**
   * Fills the inbox, and leaves the file holding just what the inbox kept, so that it does not grow
   * from start to start and ends with a whole line. A line that cannot be read is left out.
   *
   * @throws IOException when the file cannot be read or written
   */
  void restore() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (!Files.exists(path)) {
      return;
    }
    read();
    if (unreadable > 0) {
      log.warn("{} of {} lines of the journal could not be read", unreadable, lines);
    }
    rewrite();
  }

  private void read() throws IOException {
    // Not Files.newBufferedReader: a file cut inside a letter is to be read up to there.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        take(line);
      }
    }
  }

  private void take(String text) {
    lines++;
    Node line = Node.parse(Buffer.buffer(text));
    if (line.get(Journal.CLEARED).truth().orElse(false)) {
      inbox.clear();
      return;
    }
    MessageJson.restore(line, templates).ifPresentOrElse(inbox::add, () -> unreadable++);
  }

  private void rewrite() throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    try (BufferedWriter writer = Files.newBufferedWriter(fresh)) {
      for (long position = inbox.first(); position < inbox.end(); position++) {
        JsonObject line = MessageJson.stored(inbox.at(position));
        writer.append(line.encode()).append('\n');
      }
    }
    Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
