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
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import porteria.config.Secret;
import porteria.config.SecuritySettings;
import porteria.domain.MessageKey;
import porteria.domain.Role;

/**
 * Issues and checks access tokens: JWTs (RFC 7519) signed with HMAC-SHA256.
 *
 * <p>There is one header for each key, ours: a token whose header says anything else of algorithms
 * or keys is refused before its signature is looked at. The first key signs, each verifies what
 * names it ({@code kid}), so that keys can be changed without signing anybody out. Issue and expiry
 * follow the injected clock.
 *
 * <p>Safe for use by several threads at once; no input or output.
 */
public final class AccessTokens {

  private static final String ISSUER = "porteria";
  private static final List<String> AUDIENCE = List.of("porteria-staff");

  /** The server's keys sign other things too; none of them begins so. */
  private static final byte[] KEY_ID = "kid\0".getBytes(StandardCharsets.US_ASCII);

  private static final int KEY_ID_BYTES = 9;

  /** Our own are a tenth of it; longer text is not worth a signature check. */
  private static final int LONGEST = 4_096;

  private final Key signing;
  private final Map<String, Key> keys = new HashMap<>();
  private final Duration life;
  private final Duration pagesLife;
  private final InstantSource clock;

  public AccessTokens(SecuritySettings settings, InstantSource clock) {
    this.signing = Key.of(settings.secretKey());
    for (Secret secret : settings.secretKeys()) {
      Key key = Key.of(secret);
      keys.put(key.header().getKeyID(), key);
    }
    this.life = settings.accessTokenLife();
    this.pagesLife = settings.pageSessionLife();
    this.clock = clock;
  }

  /** A key, and the one header that goes with it. */
  private record Key(JWSHeader header, JWSSigner signer, JWSVerifier verifier) {

    static Key of(Secret secret) {
      byte[] id = Arrays.copyOf(new MessageKey(secret.bytes()).authenticate(KEY_ID), KEY_ID_BYTES);
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.HS256)
              .type(JOSEObjectType.JWT)
              .keyID(Base64.getUrlEncoder().withoutPadding().encodeToString(id))
              .build();
      try {
        return new Key(header, new MACSigner(secret.bytes()), new MACVerifier(secret.bytes()));
      } catch (JOSEException e) {
        throw new IllegalArgumentException("the secret key cannot sign", e);
      }
    }

    boolean signed(SignedJWT token) throws JOSEException {
      return token.getHeader().toJSONObject().equals(header.toJSONObject())
          && token.verify(verifier);
    }
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
            .audience(AUDIENCE)
            .subject(session.staffId().toString())
            .claim("school", session.schoolId().toString())
            .claim("role", session.role().name())
            .claim("name", session.name())
            .claim("sid", session.sessionId().toString())
            .claim("ver", session.version())
            .claim("enr", session.enrolling() ? Boolean.TRUE : null)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(good)))
            .build();
    SignedJWT token = new SignedJWT(signing.header(), claims);
    try {
      token.sign(signing.signer());
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
      Key key = keys.get(parsed.getHeader().getKeyID());
      if (key == null || !key.signed(parsed)) {
        return Optional.empty();
      }
      return Optional.of(parsed.getJWTClaimsSet()).filter(this::isCurrent);
    } catch (ParseException | JOSEException | IllegalStateException notOurs) {
      return Optional.empty();
    }
  }

  private boolean isCurrent(JWTClaimsSet claims) {
    return ISSUER.equals(claims.getIssuer())
        && AUDIENCE.equals(claims.getAudience())
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
              String.valueOf(claims.getStringClaim("name")),
              UUID.fromString(String.valueOf(claims.getStringClaim("sid"))),
              Objects.requireNonNullElse(claims.getIntegerClaim("ver"), 0),
              Boolean.TRUE.equals(claims.getBooleanClaim("enr"))));
    } catch (ParseException | IllegalArgumentException otherShape) {
      return Optional.empty();
    }
  }
}
