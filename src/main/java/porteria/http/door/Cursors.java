package porteria.http.door;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.PagePlace;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.FailureException;

/** Places in a list as callers carry them: opaque text of microseconds and an id. */
public final class Cursors {

  private static final int ID_BYTES = 16;
  private static final int BYTES = 8 + ID_BYTES;

  private Cursors() {}

  public static void put(JsonObject page, Optional<PagePlace> next) {
    page.put("next_cursor", next.map(Cursors::text).orElse(null));
  }

  public static PagePlace parse(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == BYTES) {
        return new PagePlace(
            Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
            new UUID(bytes.getLong(), bytes.getLong()));
      }
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException notOurs) {
      // answered below like one of a wrong length
    }
    throw notValid();
  }

  private static FailureException notValid() {
    return new Failure(
            Failure.Kind.INVALID_REQUEST,
            "The cursor is not valid.",
            List.of(new FieldError("cursor", "allowed is the next_cursor of a page")))
        .asException();
  }

  /** The place in a list whose order follows from the item shown last. */
  public static String text(UUID id) {
    return encode(
        ByteBuffer.allocate(ID_BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  /** The item shown last, which a cursor is. */
  public static UUID id(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == ID_BYTES) {
        return new UUID(bytes.getLong(), bytes.getLong());
      }
    } catch (IllegalArgumentException notOurs) {
      // answered below like one of a wrong length
    }
    throw notValid();
  }

  /** A cursor that is a number. */
  public static String text(long number) {
    return encode(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /** The number that a cursor is. */
  public static long number(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == Long.BYTES) {
        return bytes.getLong();
      }
    } catch (IllegalArgumentException notOurs) {
      // answered below like one of a wrong length
    }
    throw notValid();
  }

  private static String text(PagePlace place) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, place.at()))
            .putLong(place.id().getMostSignificantBits())
            .putLong(place.id().getLeastSignificantBits());
    return encode(bytes.array());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
