package porteria.embedded;

/** The settings that these tests share: free ports, passwords that guard nothing. */
final class ServersForTests {
  static final PostgresSettings POSTGRES = new PostgresSettings(0, "superuser-pw", "owner-pw");
  static final RedisSettings REDIS = new RedisSettings(0, "redis-pw");
  static final S3Settings S3 = new S3Settings(0, "photos", "access", "secret-of-s3");
  static final EmbeddedSettings ALL = new EmbeddedSettings(POSTGRES, REDIS, S3);

  private ServersForTests() {}
}
