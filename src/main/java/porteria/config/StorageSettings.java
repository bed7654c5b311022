package porteria.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The S3 server, addressed path-style.
 *
 * @param endpoint where this server reaches it
 * @param publicEndpoint where kiosks and browsers reach it; what they are handed is signed for it
 * @param encryption asked for at rest
 */
public record StorageSettings(
    URI endpoint,
    URI publicEndpoint,
    String region,
    String bucket,
    Secret accessKey,
    Secret secretKey,
    Encryption encryption) {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** How the S3 server encrypts what it keeps. */
  public enum Encryption {
    /** As the bucket is set up. */
    NONE,
    /** With keys of the S3 server. */
    AES256,
    /** With keys of a key management service. */
    KMS;
  }

  static StorageSettings from(ConfigReader reader) {
    URI endpoint = reader.uri("s3.endpoint", "S3_ENDPOINT", SCHEMES);
    Optional<String> open = reader.optionalText("s3.public-endpoint");
    return new StorageSettings(
        endpoint,
        open.isEmpty() ? endpoint : reader.uri("s3.public-endpoint", "S3_PUBLIC_ENDPOINT", SCHEMES),
        reader.text("s3.region", "S3_REGION"),
        reader.text("s3.bucket", "S3_BUCKET"),
        reader.secret("s3.access-key", "S3_ACCESS_KEY", 3),
        reader.secret("s3.secret-key", "S3_SECRET_KEY", 8),
        reader.choice("s3.encryption", Encryption.class));
  }
}
