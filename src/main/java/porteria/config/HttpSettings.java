package porteria.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The HTTP server.
 *
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param maxBodyBytes larger request bodies are refused with 413
 * @param idleTimeout a connection that says nothing for so long is closed
 * @param corsOrigins sites whose pages may call the API from a browser
 * @param trustedProxies addresses whose X-Forwarded-For is believed
 */
public record HttpSettings(
    String host,
    int port,
    int maxBodyBytes,
    Duration idleTimeout,
    List<String> corsOrigins,
    List<String> trustedProxies) {

  private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d{1,5})?");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:]{2,39}");

  public HttpSettings {
    corsOrigins = List.copyOf(corsOrigins);
    trustedProxies = List.copyOf(trustedProxies);
  }

  static HttpSettings from(ConfigReader reader) {
    return new HttpSettings(
        reader.text("http.host", "HTTP_HOST"),
        reader.integer("http.port", 0, 65_535),
        reader.integer("http.max-body-bytes", 1_024, 16_777_216),
        reader.duration("http.idle-timeout", Duration.ofSeconds(10), Duration.ofMinutes(10)),
        reader.list("http.cors-origins", ORIGIN, "https://host or http://host:port"),
        reader.list("http.trusted-proxies", ADDRESS, "an IP address"));
  }
}
