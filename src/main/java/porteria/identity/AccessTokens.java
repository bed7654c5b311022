package porteria.identity;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import porteria.config.SecuritySettings;
import porteria.domain.MessageKey;
import porteria.domain.Role;

/**
 * Issues and checks access tokens: JWTs (RFC 7519) signed with HMAC-SHA256.
 *
 * <p>There is one header, ours, and a token must begin with it to the letter: what a stranger's
 * header says of algorithms and keys is never read, so {@code none}, another algorithm or an
 * embedded key cannot be asked for. Issue and expiry follow the injected clock; that, and a
 * signature check without a lock between event loops, is why no JWT library stands here.
 *
 * <p>Safe for use by several threads at once; no input or output.
 */
public final class AccessTokens {

  private static final String ISSUER = "porteria";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + ".";

  /** Our own are a tenth of it; longer text is not worth a signature check. */
  private static final int LONGEST = 4_096;

  private final MessageKey key;
  private final Duration life;
  private final Duration pagesLife;
  private final InstantSource clock;

  public AccessTokens(SecuritySettings settings, InstantSource clock) {
    this.key = new MessageKey(settings.secretKey().bytes());
    this.life = Duration.ofSeconds(settings.accessTokenLife().toSeconds());
    this.pagesLife = Duration.ofSeconds(settings.pageSessionLife().toSeconds());
    this.clock = clock;
  }

  /** A token for this person, good from now for the configured life. */
  public AccessToken issue(StaffSession session) {
    return issue(session, life);
  }

  /** A token for this person's browser, good from now for a working day. */
  public AccessToken issueForPages(StaffSession session) {
    return issue(session, pagesLife);
  }

  private AccessToken issue(StaffSession session, Duration life) {
    Instant now = clock.instant();
    JsonObject claims =
        new JsonObject()
            .put("iss", ISSUER)
            .put("sub", session.staffId().toString())
            .put("school", session.schoolId().toString())
            .put("role", session.role().name())
            .put("name", session.name())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(life).getEpochSecond());
    String signed = HEADER + encode(claims.encode());
    return new AccessToken(signed + "." + ENCODER.encodeToString(sign(signed)), life);
  }

  /** Whom a token stands for; empty when it is not ours, was altered, or has expired. */
  public Optional<StaffSession> verify(String token) {
    return verified(token, this::session);
  }

  /** When a token that stands for somebody will stand for nobody. */
  public Optional<Instant> expiry(String token) {
    return verified(
        token,
        claims -> session(claims).map(known -> Instant.ofEpochSecond(claims.getLong("exp"))));
  }

  private <T> Optional<T> verified(String token, Function<JsonObject, Optional<T>> read) {
    int dot = token.lastIndexOf('.');
    if (token.length() > LONGEST || !token.startsWith(HEADER) || dot < HEADER.length()) {
      return Optional.empty();
    }
    try {
      byte[] signature = DECODER.decode(token.substring(dot + 1));
      if (!MessageDigest.isEqual(sign(token.substring(0, dot)), signature)) {
        return Optional.empty();
      }
      byte[] claims = DECODER.decode(token.substring(HEADER.length(), dot));
      return read.apply(new JsonObject(Buffer.buffer(claims)));
    } catch (IllegalArgumentException | DecodeException | ClassCastException notOurs) {
      // Not base64, or signed by us in another version whose claims have another shape.
      return Optional.empty();
    }
  }

  private Optional<StaffSession> session(JsonObject claims) {
    boolean good =
        claims.getString("iss", "").equals(ISSUER)
            && clock.instant().getEpochSecond() < claims.getLong("exp", 0L);
    if (!good) {
      return Optional.empty();
    }
    return Optional.of(
        new StaffSession(
            UUID.fromString(claims.getString("school", "")),
            UUID.fromString(claims.getString("sub", "")),
            Role.valueOf(claims.getString("role", "")),
            claims.getString("name", "")));
  }

  private byte[] sign(String text) {
    return key.authenticate(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(String json) {
    return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
