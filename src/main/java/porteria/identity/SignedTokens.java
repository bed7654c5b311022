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
import java.util.Optional;
import porteria.config.Secret;
import porteria.domain.MessageKey;

/**
 * JWTs (RFC 7519) of one kind, signed with HMAC-SHA256. A kind has a type and an audience of its
 * own (RFC 8725, sections 3.9 and 3.11), so that none passes as another.
 *
 * <p>There is one header for each key, ours: a token whose header says anything else of algorithms
 * or keys is refused before its signature is looked at. The first key signs, each verifies what
 * names it ({@code kid}), so that keys can be changed without signing anybody out. Issue and expiry
 * follow the injected clock.
 *
 * <p>Safe for use by several threads at once; no input or output.
 */
final class SignedTokens {

  private static final String ISSUER = "porteria";

  /** The server's keys sign other things too; none of them begins so. */
  private static final byte[] KEY_ID = "kid\0".getBytes(StandardCharsets.US_ASCII);

  private static final int KEY_ID_BYTES = 9;

  /** Our own are a tenth of it; longer text is not worth a signature check. */
  private static final int LONGEST = 4_096;

  private final List<String> audience;
  private final Key signing;
  private final Map<String, Key> keys = new HashMap<>();
  private final InstantSource clock;

  /**
   * One kind of token.
   *
   * @param secrets the key that signs, then those that signed before
   */
  SignedTokens(JOSEObjectType type, String audience, List<Secret> secrets, InstantSource clock) {
    this.audience = List.of(audience);
    this.signing = Key.of(secrets.getFirst(), type);
    for (Secret secret : secrets) {
      Key key = Key.of(secret, type);
      keys.put(key.header().getKeyID(), key);
    }
    this.clock = clock;
  }

  /** A key, and the one header that goes with it. */
  private record Key(JWSHeader header, JWSSigner signer, JWSVerifier verifier) {

    static Key of(Secret secret, JOSEObjectType type) {
      byte[] id = Arrays.copyOf(new MessageKey(secret.bytes()).authenticate(KEY_ID), KEY_ID_BYTES);
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.HS256)
              .type(type)
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

  /** A token with these claims, good from now for {@code life}. */
  AccessToken sign(JWTClaimsSet.Builder claims, Duration life) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    JWTClaimsSet complete =
        claims
            .issuer(ISSUER)
            .audience(audience)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
            .build();
    SignedJWT token = new SignedJWT(signing.header(), complete);
    try {
      token.sign(signing.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException("a token could not be signed", e);
    }
    return new AccessToken(token.serialize(), life);
  }

  /** What a token says; empty when it is not ours, was altered, or has expired. */
  Optional<JWTClaimsSet> verify(String token) {
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

  /** When a token that is good will be so no more. */
  Optional<Instant> expiry(String token) {
    return verify(token).map(claims -> claims.getExpirationTime().toInstant());
  }

  private boolean isCurrent(JWTClaimsSet claims) {
    return ISSUER.equals(claims.getIssuer())
        && audience.equals(claims.getAudience())
        && claims.getExpirationTime() != null
        && clock.instant().isBefore(claims.getExpirationTime().toInstant());
  }
}
