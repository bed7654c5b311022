package porteria.config;

/**
 * How many instances of each verticle run on this node. None of a kind is allowed: another node may
 * run it.
 */
public record VerticleSettings(
    int http, int scan, int notification, int schedule, int live, int broadcast) {

  static VerticleSettings from(ConfigReader reader) {
    return new VerticleSettings(
        instances(reader, "http"),
        instances(reader, "scan"),
        instances(reader, "notification"),
        instances(reader, "schedule"),
        instances(reader, "live"),
        instances(reader, "broadcast"));
  }

  private static int instances(ConfigReader reader, String verticle) {
    return reader.integer("verticles." + verticle + ".instances", 0, 64);
  }
}
