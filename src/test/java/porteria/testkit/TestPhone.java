package porteria.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: keeps cookies by their path and sends the forms of pages. */
public final class TestPhone {

  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"X-XSRF-TOKEN\" value=\"([^\"]+)\"");

  private final RunningServer server;
  private final Map<String, Cookie> cookies = new LinkedHashMap<>();

  public TestPhone(RunningServer server) {
    this.server = server;
  }

  /** Looks at a page. */
  public Reply get(String path) {
    return kept(Reply.of(request(HttpMethod.GET, path).send().await()));
  }

  /** Sends a form of a page, with the token that the page's forms carry. */
  public Reply send(String page, String path, Map<String, String> fields) {
    Matcher token = FORM_TOKEN.matcher(get(page).text());
    MultiMap form = MultiMap.caseInsensitiveMultiMap().addAll(fields);
    if (token.find()) {
      form.add("X-XSRF-TOKEN", token.group(1));
    }
    return kept(Reply.of(request(HttpMethod.POST, path).sendForm(form).await()));
  }

  /** The token that the forms of a page carry. */
  public String token(String page) {
    Matcher token = FORM_TOKEN.matcher(get(page).text());
    assertThat(token.find()).as("a form token on %s", page).isTrue();
    return token.group(1);
  }

  /** Sends a form of a page that is too old, for it was offered anew meanwhile. */
  public Reply sendStale(String page, String path, Map<String, String> fields) {
    String token = token(page);
    get(page + (page.contains("?") ? "&" : "?") + "notice=stale");
    return sendWith(token, path, fields);
  }

  /** Sends a form with the token of a page that was opened before. */
  public Reply sendWith(String token, String path, Map<String, String> fields) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap().addAll(fields);
    form.add("X-XSRF-TOKEN", token);
    return kept(Reply.of(request(HttpMethod.POST, path).sendForm(form).await()));
  }

  /** The cookie of this name and path, as the server set it last; empty when it was never set. */
  public String cookie(String name, String path) {
    Cookie cookie = cookies.get(name + path);
    return cookie == null ? "" : cookie.value();
  }

  /** Puts a cookie where another browser had it. */
  public void put(String name, String path, String value) {
    keep(name + "=" + value + "; Path=" + path);
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path) {
    return server
        .request(method, path)
        .followRedirects(false)
        .putHeader("Accept-Language", "es-CL")
        .putHeader(
            "Cookie",
            cookies.values().stream()
                .filter(cookie -> goesTo(cookie, path))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; ")));
  }

  /** RFC 6265, section 5.1.4. */
  private static boolean goesTo(Cookie cookie, String path) {
    String own = Objects.requireNonNullElse(cookie.path(), "/");
    return path.equals(own)
        || path.startsWith(own.endsWith("/") ? own : own + "/")
        || path.startsWith(own + "?");
  }

  private Reply kept(Reply reply) {
    reply.headers().getAll("Set-Cookie").forEach(this::keep);
    return reply;
  }

  private void keep(String header) {
    Cookie cookie = Objects.requireNonNull(ClientCookieDecoder.LAX.decode(header), header);
    cookies.put(cookie.name() + cookie.path(), cookie);
  }
}
