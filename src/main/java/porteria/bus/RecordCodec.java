package porteria.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands an immutable record to a consumer of the same process as it is. */
final class RecordCodec implements MessageCodec<Object, Object> {

  static final String NAME = "porteria.record";

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new IllegalStateException(
        message.getClass().getSimpleName() + " stays within its process");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("messages stay within their process");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
