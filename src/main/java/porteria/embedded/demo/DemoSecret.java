package porteria.embedded.demo;

/**
 * A secret of the demonstration. Those that the configuration asks for bear its variable's name.
 */
public enum DemoSecret {
  POSTGRES_SUPERUSER_PASSWORD,
  DATABASE_OWNER_PASSWORD,
  DATABASE_WEB_PASSWORD,
  DATABASE_WORKER_PASSWORD,
  REDIS_PASSWORD,
  S3_ACCESS_KEY,
  S3_SECRET_KEY,
  SECRET_KEY,
  TAG_SECRET,
  TAG_SIGNING_KEY,
  METRICS_TOKEN,
  WHATSAPP_TOKEN,
  WHATSAPP_APP_SECRET,
  WHATSAPP_VERIFY_TOKEN,
  AWS_ACCESS_KEY_ID,
  AWS_SECRET_ACCESS_KEY
}
