package porteria.storage;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What a file may be, and how its bytes begin. */
public enum FileType {
  /** The marker SOI and the first byte of the next marker (ITU-T T.81, B.1.1.3). */
  JPEG("image/jpeg", "jpg", "ffd8ff"),
  /** The signature of a PNG datastream (ISO/IEC 15948, 5.2). */
  PNG("image/png", "png", "89504e470d0a1a0a"),
  /** The header's first line, {@code %PDF-} (ISO 32000-1, 7.5.2). */
  PDF("application/pdf", "pdf", "255044462d");

  /** As many first bytes as tell the types apart. */
  static final int SIGNATURE_BYTES = 8;

  private final String mediaType;
  private final String extension;
  private final String signature;

  FileType(String mediaType, String extension, String signature) {
    this.mediaType = mediaType;
    this.extension = extension;
    this.signature = signature;
  }

  /** The type of this name, such as {@code image/jpeg}. */
  public static Optional<FileType> named(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst();
  }

  /** The type of a file that begins so. */
  public static Optional<FileType> of(Buffer file) {
    Buffer start = file.getBuffer(0, Math.min(SIGNATURE_BYTES, file.length()));
    return Arrays.stream(values()).filter(type -> type.begins(start)).findFirst();
  }

  public String mediaType() {
    return mediaType;
  }

  /** Of a file's name, without the dot. */
  String extension() {
    return extension;
  }

  /** Whether a file that begins so may be of this type. */
  boolean begins(Buffer start) {
    return HexFormat.of().formatHex(start.getBytes()).startsWith(signature);
  }
}
