package porteria.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import porteria.config.SecuritySettings;

/**
 * Issues and checks the tokens of guardians, which are good as long as their session, unless it is
 * ended. Safe for use by several threads at once; no input or output.
 */
public final class ParentTokens {

  private final SignedTokens tokens;
  private final Duration life;

  public ParentTokens(SecuritySettings settings, InstantSource clock) {
    this.tokens =
        new SignedTokens(
            new JOSEObjectType("parent+jwt"), "porteria-parents", settings.secretKeys(), clock);
    this.life = settings.sessionLife();
  }

  /** A token for a session that was opened just now. */
  public AccessToken issue(ParentSession session) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .subject(session.guardianId().toString())
            .claim("school", session.schoolId().toString())
            .claim("sid", session.sessionId().toString());
    return tokens.sign(claims, life);
  }

  /** Which session a token names; empty when it is not ours, was altered, or has expired. */
  public Optional<ParentSession> verify(String token) {
    return tokens.verify(token).flatMap(ParentTokens::session);
  }

  /** Empty for claims of another shape, signed by us in another version. */
  private static Optional<ParentSession> session(JWTClaimsSet claims) {
    try {
      return Optional.of(
          new ParentSession(
              UUID.fromString(String.valueOf(claims.getStringClaim("school"))),
              UUID.fromString(String.valueOf(claims.getSubject())),
              UUID.fromString(String.valueOf(claims.getStringClaim("sid")))));
    } catch (ParseException | IllegalArgumentException otherShape) {
      return Optional.empty();
    }
  }
}
