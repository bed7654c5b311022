package porteria.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import porteria.config.SecuritySettings;
import porteria.domain.Role;

/**
 * Issues and checks the access tokens of staff. Safe for use by several threads at once; no input
 * or output.
 */
public final class AccessTokens {

  private final SignedTokens tokens;
  private final Duration life;
  private final Duration pagesLife;

  public AccessTokens(SecuritySettings settings, InstantSource clock) {
    this.tokens =
        new SignedTokens(JOSEObjectType.JWT, "porteria-staff", settings.secretKeys(), clock);
    this.life = settings.accessTokenLife();
    this.pagesLife = settings.pageSessionLife();
  }

  /** A token for this person, good from now for the configured life. */
  public AccessToken issue(StaffSession session) {
    return tokens.sign(claims(session), life);
  }

  /** A token for this person's browser, good from now for a working day. */
  public AccessToken issueForPages(StaffSession session) {
    return tokens.sign(claims(session), pagesLife);
  }

  private static JWTClaimsSet.Builder claims(StaffSession session) {
    return new JWTClaimsSet.Builder()
        .subject(session.staffId().toString())
        .claim("school", session.schoolId().toString())
        .claim("role", session.role().name())
        .claim("name", session.name())
        .claim("sid", session.sessionId().toString())
        .claim("ver", session.version())
        .claim("enr", session.enrolling() ? Boolean.TRUE : null);
  }

  /** Whom a token stands for; empty when it is not ours, was altered, or has expired. */
  public Optional<StaffSession> verify(String token) {
    return tokens.verify(token).flatMap(AccessTokens::session);
  }

  /** When a token that stands for somebody will stand for nobody. */
  public Optional<Instant> expiry(String token) {
    return tokens.expiry(token);
  }

  /** Empty for claims of another shape, signed by us in another version. */
  private static Optional<StaffSession> session(JWTClaimsSet claims) {
    try {
      return Optional.of(
          new StaffSession(
              UUID.fromString(String.valueOf(claims.getStringClaim("school"))),
              UUID.fromString(String.valueOf(claims.getSubject())),
              Role.valueOf(String.valueOf(claims.getStringClaim("role"))),
              String.valueOf(claims.getStringClaim("name")),
              UUID.fromString(String.valueOf(claims.getStringClaim("sid"))),
              Objects.requireNonNullElse(claims.getIntegerClaim("ver"), 0),
              Boolean.TRUE.equals(claims.getBooleanClaim("enr"))));
    } catch (ParseException | IllegalArgumentException otherShape) {
      return Optional.empty();
    }
  }
}
