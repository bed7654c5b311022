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
 * @param trustedProxies from where an X-Forwarded-For is believed
 */
public record HttpSettings(
    String host,
    int port,
    int maxBodyBytes,
    Duration idleTimeout,
    List<String> corsOrigins,
    List<AddressRange> trustedProxies) {

  private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d{1,5})?");

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
        reader.parsedList(
            "http.trusted-proxies", AddressRange::parse, "10.0.0.5, 10.0.0.0/8 or 2001:db8::/32"));
  }
}
