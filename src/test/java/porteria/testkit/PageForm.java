package porteria.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form of a page, sent as a browser sends it: with the page's token and cookies. */
public final class PageForm {

  private static final String TOKEN = "X-XSRF-TOKEN";
  private static final Pattern FIELD = Pattern.compile("name=\"" + TOKEN + "\" value=\"([^\"]+)\"");

  private PageForm() {}

  /** Opens the sign-in page and sends its form. */
  public static Reply signIn(RunningServer server, MultiMap fields) {
    Reply page = Reply.of(server.request(HttpMethod.GET, "/login").send().await());
    Matcher token = FIELD.matcher(page.text());
    assertThat(token.find()).as("a form token on the page: %s", page.text()).isTrue();
    String cookies =
        page.headers().getAll("Set-Cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .collect(Collectors.joining("; "));
    return Reply.of(
        server
            .request(HttpMethod.POST, "/login")
            .followRedirects(false)
            .putHeader("Cookie", cookies)
            .sendForm(fields.add(TOKEN, token.group(1)))
            .await());
  }
}
