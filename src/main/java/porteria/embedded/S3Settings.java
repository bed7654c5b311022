package porteria.embedded;

/**
 * What a caller decides about the S3 server.
 *
 * @param port the TCP port on loopback, 0 for any free one
 * @param bucket created where it is missing
 */
public record S3Settings(int port, String bucket, String accessKey, String secretKey) {

  @Override
  public String toString() {
    return "S3Settings[port=" + port + ", bucket=" + bucket + "]";
  }
}
