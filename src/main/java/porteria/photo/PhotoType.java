package porteria.photo;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What a photo may be, and how its bytes begin. */
public enum PhotoType {
  /** The marker SOI and the first byte of the next marker (ITU-T T.81, B.1.1.3). */
  JPEG("image/jpeg", "ffd8ff"),
  /** The signature of a PNG datastream (ISO/IEC 15948, 5.2). */
  PNG("image/png", "89504e470d0a1a0a");

  /** As many first bytes as tell the types apart. */
  static final int SIGNATURE_BYTES = 8;

  private final String mediaType;
  private final String signature;

  PhotoType(String mediaType, String signature) {
    this.mediaType = mediaType;
    this.signature = signature;
  }

  /** The type of this name, such as {@code image/jpeg}. */
  public static Optional<PhotoType> named(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst();
  }

  String mediaType() {
    return mediaType;
  }

  /** Whether a file that begins so may be of this type. */
  boolean begins(Buffer start) {
    return HexFormat.of().formatHex(start.getBytes()).startsWith(signature);
  }
}
