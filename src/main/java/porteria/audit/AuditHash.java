package porteria.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** The hash that an entry must have, by the encoding that the package states. */
final class AuditHash {

  /** What the first entry of a school has before it. */
  static final Buffer NONE_BEFORE = Buffer.buffer(new byte[32]);

  private static final String FORMAT = "porteria-audit-1";
  private static final int MISSING = -1;

  private AuditHash() {}

  static Buffer of(StoredEntry entry) {
    Buffer fields = Buffer.buffer();
    put(fields, FORMAT);
    put(fields, entry.schoolId().toString());
    put(fields, Long.toString(entry.seq()));
    put(fields, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at())));
    put(fields, entry.actorKind());
    put(fields, entry.actorId().map(Object::toString));
    put(fields, entry.actorRole());
    put(fields, entry.ip());
    put(fields, entry.action());
    put(fields, entry.entity());
    put(fields, entry.entityId());
    put(fields, entry.before());
    put(fields, entry.after());
    put(fields, HexFormat.of().formatHex(entry.previousHash().getBytes()));
    return Buffer.buffer(sha256().digest(fields.getBytes()));
  }

  private static void put(Buffer fields, Optional<String> field) {
    field.ifPresentOrElse(text -> put(fields, text), () -> fields.appendInt(MISSING));
  }

  private static void put(Buffer fields, String field) {
    byte[] bytes = field.getBytes(UTF_8);
    fields.appendInt(bytes.length).appendBytes(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
