package porteria.embedded;

import java.net.URI;

/**
 * Where the S3 server is, and the key to it. Clients address it by path ({@code
 * endpoint/bucket/key}), never by a host named for the bucket. Printed without the secret.
 */
public record S3Access(
    URI endpoint, String region, String bucket, String accessKey, String secretKey) {

  @Override
  public String toString() {
    return "S3Access[" + endpoint + "/" + bucket + "]";
  }
}
