package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A name server by which every name is this machine's, as soon as the test lets it answer: whoever
 * connects by name gets a connection then, and not before.
 */
final class LateNames {

  private static final Logger LOG = LoggerFactory.getLogger(LateNames.class);

  private static final int TYPE_A = 1;
  private static final int HEADER = 12;

  private final DatagramSocket socket;
  private final Promise<Void> answering = Promise.promise();
  private final Promise<Void> asked = Promise.promise();

  private LateNames(DatagramSocket socket) {
    this.socket = socket;
    socket.handler(
        query -> {
          asked.tryComplete();
          answering.future().onSuccess(now -> answer(query));
        });
  }

  static LateNames open(Vertx vertx) {
    DatagramSocket socket = vertx.createDatagramSocket();
    LateNames names = new LateNames(socket);
    socket.listen(0, "127.0.0.1").await();
    return names;
  }

  String address() {
    return "127.0.0.1:" + socket.localAddress().port();
  }

  Future<Void> asked() {
    return asked.future();
  }

  void answer() {
    answering.tryComplete();
  }

  void close() {
    socket.close().await();
  }

  /** RFC 1035: the question again and, to one for an IPv4 address, 127.0.0.1 for a minute. */
  private void answer(DatagramPacket query) {
    Buffer asked = query.data();
    int end = HEADER;
    while (asked.getByte(end) != 0) {
      end += asked.getByte(end) + 1;
    }
    boolean forAddress = asked.getUnsignedShort(end + 1) == TYPE_A;
    Buffer answer =
        Buffer.buffer()
            .appendBytes(asked.getBytes(0, 2))
            .appendUnsignedShort(0x8180)
            .appendUnsignedShort(1)
            .appendUnsignedShort(forAddress ? 1 : 0)
            .appendInt(0)
            .appendBytes(asked.getBytes(HEADER, end + 5));
    if (forAddress) {
      answer
          .appendUnsignedShort(0xc000 + HEADER)
          .appendUnsignedShort(TYPE_A)
          .appendUnsignedShort(1)
          .appendInt(60)
          .appendUnsignedShort(4)
          .appendBytes(new byte[] {127, 0, 0, 1});
    }
    socket
        .send(answer, query.sender().port(), query.sender().host())
        .onFailure(fault -> LOG.warn("a name stays unknown", fault));
  }
}
