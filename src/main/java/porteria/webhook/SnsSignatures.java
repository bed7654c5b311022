package porteria.webhook;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies that Amazon SNS signed a message. How old a message is does not matter: SNS repeats what
 * it could not deliver for hours or, by the topic's policy, for days, so a limit would lose bounces
 * after an outage of ours; and one that is played again changes nothing, as each is known by what
 * it reports. For one event loop.
 */
final class SnsSignatures {

  private static final Logger LOG = LoggerFactory.getLogger(SnsSignatures.class);

  /** Amazon has one for each region, and a new one once a year. */
  private static final int MOST_CERTIFICATES = 16;

  private final SnsResources amazon;

  private final Map<URI, Future<X509Certificate>> certificates =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Future<X509Certificate>> eldest) {
          return size() > MOST_CERTIFICATES;
        }
      };

  SnsSignatures(SnsResources amazon) {
    this.amazon = amazon;
  }

  /**
   * Whether SNS signed it, by version 2 (SHA256withRSA).
   *
   * @return fails when the certificate cannot be had now
   */
  Future<Boolean> verify(SnsMessage message) {
    Optional<URI> url = message.certificate();
    Optional<byte[]> signature = message.signature().flatMap(SnsSignatures::decoded);
    if (!message.isVersion2() || url.isEmpty() || signature.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return certificate(url.get())
        .map(certificate -> verify(certificate, message.signed(), signature.get()));
  }

  private Future<X509Certificate> certificate(URI url) {
    Future<X509Certificate> known = certificates.get(url);
    if (known != null) {
      return known;
    }
    Future<X509Certificate> fetched = amazon.get(url).map(SnsSignatures::parsed);
    certificates.put(url, fetched);
    fetched.onFailure(
        error -> {
          LOG.warn("the certificate of SNS cannot be had: {}", error.toString());
          certificates.remove(url, fetched);
        });
    return fetched;
  }

  private static X509Certificate parsed(Buffer pem) {
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes()));
      if (certificate instanceof X509Certificate known) {
        return known;
      }
    } catch (GeneralSecurityException notOne) {
      throw new IllegalArgumentException("SNS answered no certificate", notOne);
    }
    throw new IllegalArgumentException("SNS answered another kind of certificate");
  }

  private static boolean verify(X509Certificate certificate, byte[] signed, byte[] signature) {
    try {
      certificate.checkValidity();
      PublicKey key = certificate.getPublicKey();
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException refused) {
      LOG.warn("a message of SNS cannot be verified: {}", refused.getClass().getSimpleName());
      return false;
    }
  }

  private static Optional<byte[]> decoded(String signature) {
    try {
      return Optional.of(Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
