package porteria.config;

import java.time.Duration;

/**
 * The HTTP server.
 *
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param maxBodyBytes larger request bodies are refused with 413
 * @param idleTimeout a connection that says nothing for so long is closed
 * @param proxies of ours that a request passes before it reaches us
 */
public record HttpSettings(
    String host, int port, int maxBodyBytes, Duration idleTimeout, int proxies) {

  static HttpSettings from(ConfigReader reader) {
    return new HttpSettings(
        reader.text("http.host", "HTTP_HOST"),
        reader.integer("http.port", 0, 65_535),
        reader.integer("http.max-body-bytes", 1_024, 16_777_216),
        reader.duration("http.idle-timeout", Duration.ofSeconds(10), Duration.ofMinutes(10)),
        reader.integer("http.proxies", 0, 5));
  }
}
