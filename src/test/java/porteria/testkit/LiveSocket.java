package porteria.testkit;

import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A dashboard's socket, as the bus client of a browser speaks. */
public final class LiveSocket {

  private final WebSocket socket;
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private LiveSocket(WebSocket socket) {
    this.socket = socket;
    try {
      socket.textMessageHandler(frames::add);
      socket.binaryMessageHandler(bytes -> frames.add(bytes.toString()));
      socket.closeHandler(gone -> closed = true);
    } catch (IllegalStateException alreadyClosed) {
      closed = true;
    }
  }

  /** Connects with the cookie of a page's session and asks for the changes of a school. */
  public static LiveSocket open(RunningServer server, String cookie, UUID school) {
    LiveSocket live = server.socket("/eventbus/websocket", cookie).map(LiveSocket::new).await();
    live.register("client.school." + school);
    return live;
  }

  /** Says that the changes of an address are not wanted any more. */
  public void unregister(String address) {
    say("unregister", address);
  }

  private void register(String address) {
    say("register", address);
  }

  private void say(String type, String address) {
    JsonObject message =
        new JsonObject().put("type", type).put("address", address).put("headers", new JsonObject());
    try {
      socket.writeTextMessage(message.encode());
    } catch (IllegalStateException alreadyClosed) {
      closed = true;
    }
  }

  /** Whether changes have come. */
  public boolean hasNews() {
    return frames.stream().anyMatch(frame -> frame.contains("client.school."));
  }

  /** What came of the changes, oldest first. */
  public List<JsonObject> news() {
    return frames.stream()
        .map(JsonObject::new)
        .filter(frame -> frame.getString("address", "").startsWith("client.school."))
        .map(frame -> frame.getJsonObject("body"))
        .toList();
  }

  public boolean isClosed() {
    return closed;
  }
}
