package porteria.embedded;

/** What a caller decides about the three servers together. */
public record EmbeddedSettings(PostgresSettings postgres, RedisSettings redis, S3Settings s3) {}
