package porteria.embedded.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with a JSON line for every accepted message, so that an inbox survives a restart. Lines
 * are gathered and written at most 200 ms later; a killed process may lose those.
 */
final class Journal {
  /** The field of the line that says: forget everything above. */
  static final String CLEARED = "cleared";

  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final long GATHER_MS = 200;
  private static final int MOST_GATHERED = 32 << 20;

  private final Vertx vertx;
  private final AsyncFile file;
  private Buffer gathered = Buffer.buffer();
  private Future<Void> writing = Future.succeededFuture();
  private boolean timerSet;
  private long lost;

  private Journal(Vertx vertx, AsyncFile file) {
    this.vertx = vertx;
    this.file = file;
  }

  /** Fills the inbox from the file, then opens the file for appending; fails when it cannot. */
  static Future<Journal> open(Vertx vertx, Path path, Inbox inbox, TemplateCatalogue templates) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              new JournalReader(path, inbox, templates).restore();
              return null;
            })
        .compose(
            restored ->
                vertx
                    .fileSystem()
                    .open(path.toString(), new OpenOptions().setRead(false).setAppend(true)))
        .map(file -> new Journal(vertx, file));
  }

  void append(Message message) {
    append(MessageJson.stored(message));
  }

  void appendCleared() {
    append(new JsonObject().put(CLEARED, true));
  }

  /** Writes what was gathered and closes the file. */
  Future<Void> close() {
    return flush().eventually(file::close);
  }

  private void append(JsonObject line) {
    if (gathered.length() > MOST_GATHERED) {
      lost++;
      return;
    }
    gathered.appendBuffer(line.toBuffer()).appendByte((byte) '\n');
    if (!timerSet) {
      timerSet = true;
      vertx.setTimer(GATHER_MS, due -> writeGathered());
    }
  }

  private void writeGathered() {
    timerSet = false;
    flush().onFailure(cause -> log.error("The journal could not be written", cause));
  }

  private Future<Void> flush() {
    if (lost > 0) {
      log.error("The disk is too slow for the journal: {} messages were left out", lost);
      lost = 0;
    }
    // One write at a time: what arrives meanwhile waits for the next.
    writing =
        writing
            .otherwiseEmpty()
            .compose(
                before -> {
                  Buffer lines = gathered;
                  gathered = Buffer.buffer();
                  return lines.length() == 0 ? Future.succeededFuture() : file.write(lines);
                });
    return writing;
  }
}
