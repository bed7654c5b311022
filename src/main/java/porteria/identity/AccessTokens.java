package porteria.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import porteria.config.SecuritySettings;
import porteria.domain.Role;

/**
 * Issues and checks access tokens: JWTs (RFC 7519) signed with HMAC-SHA256.
 *
 * <p>There is one header, ours: a token whose header says anything else of algorithms or keys is
 * refused before its signature is looked at. Issue and expiry follow the injected clock.
 *
 * <p>Safe for use by several threads at once; no input or output.
 */
public final class AccessTokens {

  private static final String ISSUER = "porteria";
  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

  /** Our own are a tenth of it; longer text is not worth a signature check. */
  private static final int LONGEST = 4_096;

  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final Duration life;
  private final Duration pagesLife;
  private final InstantSource clock;

  public AccessTokens(SecuritySettings settings, InstantSource clock) {
    try {
      this.signer = new MACSigner(settings.secretKey().bytes());
      this.verifier = new MACVerifier(settings.secretKey().bytes());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the secret key cannot sign", e);
    }
    this.life = settings.accessTokenLife();
    this.pagesLife = settings.pageSessionLife();
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

  private AccessToken issue(StaffSession session, Duration good) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(session.staffId().toString())
            .claim("school", session.schoolId().toString())
            .claim("role", session.role().name())
            .claim("name", session.name())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(good)))
            .build();
    SignedJWT token = new SignedJWT(HEADER, claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("an access token could not be signed", e);
    }
    return new AccessToken(token.serialize(), good);
  }

  /** Whom a token stands for; empty when it is not ours, was altered, or has expired. */
  public Optional<StaffSession> verify(String token) {
    return claims(token).flatMap(AccessTokens::session);
  }

  /** When a token that stands for somebody will stand for nobody. */
  public Optional<Instant> expiry(String token) {
    return claims(token).map(claims -> claims.getExpirationTime().toInstant());
  }

  private Optional<JWTClaimsSet> claims(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT parsed = SignedJWT.parse(token);
      if (!parsed.getHeader().toJSONObject().equals(HEADER.toJSONObject())
          || !parsed.verify(verifier)) {
        return Optional.empty();
      }
      return Optional.of(parsed.getJWTClaimsSet()).filter(this::isCurrent);
    } catch (ParseException | JOSEException | IllegalStateException notOurs) {
      return Optional.empty();
    }
  }

  private boolean isCurrent(JWTClaimsSet claims) {
    return ISSUER.equals(claims.getIssuer())
        && claims.getExpirationTime() != null
        && clock.instant().isBefore(claims.getExpirationTime().toInstant());
  }

  /** Empty for claims of another shape, signed by us in another version. */
  private static Optional<StaffSession> session(JWTClaimsSet claims) {
    try {
      return Optional.of(
          new StaffSession(
              UUID.fromString(String.valueOf(claims.getStringClaim("school"))),
              UUID.fromString(String.valueOf(claims.getSubject())),
              Role.valueOf(String.valueOf(claims.getStringClaim("role"))),
              String.valueOf(claims.getStringClaim("name"))));
    } catch (ParseException | IllegalArgumentException otherShape) {
      return Optional.empty();
    }
  }
}
