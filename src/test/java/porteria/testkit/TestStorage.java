package porteria.testkit;

import java.net.URI;
import porteria.config.Secret;
import porteria.config.StorageSettings;
import porteria.embedded.S3Access;

/** How a server under test reaches its S3 server. */
public final class TestStorage {

  private TestStorage() {}

  public static StorageSettings in(S3Access s3) {
    return at(s3, s3.endpoint());
  }

  /** The same bucket, by another way. */
  public static StorageSettings at(S3Access s3, URI endpoint) {
    return new StorageSettings(
        endpoint,
        endpoint,
        s3.region(),
        s3.bucket(),
        new Secret(s3.accessKey()),
        new Secret(s3.secretKey()),
        StorageSettings.Encryption.NONE);
  }
}
