package porteria.embedded.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the inbox as one JSON list, a slice at a time: a list of hundreds of thousands neither
 * holds up the sends nor piles up in memory when its reader is slow.
 */
final class MessageStream {
  private static final Logger log = LoggerFactory.getLogger(MessageStream.class);
  private static final int SLICE_SCANNED = 4_096;
  private static final int SLICE_WRITTEN = 256;

  private final Vertx vertx;
  private final Inbox inbox;
  private final Predicate<Message> wanted;
  private final HttpServerResponse response;
  private final long end;
  private long position;
  private boolean first = true;

  MessageStream(Vertx vertx, Inbox inbox, Predicate<Message> wanted, HttpServerResponse response) {
    this.vertx = vertx;
    this.inbox = inbox;
    this.wanted = wanted;
    this.response = response;
    this.end = inbox.end();
  }

  /** Writes what was in the inbox at this moment, oldest first. */
  void start() {
    response.setChunked(true).putHeader("content-type", Answer.JSON);
    next(Buffer.buffer("["));
  }

  private void next(Buffer slice) {
    fill(slice);
    if (position >= end) {
      response.end(slice.appendString("]")).onFailure(MessageStream::hungUp);
      return;
    }
    response
        .write(slice)
        .onSuccess(written -> vertx.runOnContext(turn -> next(Buffer.buffer())))
        .onFailure(MessageStream::hungUp);
  }

  private void fill(Buffer slice) {
    int written = 0;
    // The inbox may have dropped messages since the last slice.
    position = Math.max(position, inbox.first());
    long until = Math.min(end, position + SLICE_SCANNED);
    for (; position < until && written < SLICE_WRITTEN; position++) {
      Message message = inbox.at(position);
      if (wanted.test(message)) {
        slice.appendString(first ? "\n" : ",\n");
        slice.appendBuffer(MessageJson.shown(message, inbox.duplicates(message)).toBuffer());
        first = false;
        written++;
      }
    }
  }

  private static void hungUp(Throwable cause) {
    log.debug("The reader of the inbox hung up", cause);
  }
}
