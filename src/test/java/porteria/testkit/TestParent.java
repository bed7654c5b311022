package porteria.testkit;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A guardian with a phone, who asks for links and reads them there. */
public final class TestParent {

  private static final Pattern LINK = Pattern.compile("http\\S+#([\\w-]{43})");

  private final RunningServer server;
  private final TestSchool school;
  private final UUID id;
  private final String phone;

  TestParent(RunningServer server, TestSchool school, UUID id, String phone) {
    this.server = server;
    this.school = school;
    this.id = id;
    this.phone = phone;
  }

  public UUID id() {
    return id;
  }

  public String phone() {
    return phone;
  }

  /** The texts with links that this phone got, oldest first. */
  public List<String> links() {
    return server.told(phone).stream().filter(text -> LINK.matcher(text).find()).toList();
  }

  /** Asks for a link, without waiting for it. */
  public Reply ask() {
    return ask("+" + phone);
  }

  /** Asks at this school for a link to a contact. */
  public Reply ask(String contact) {
    return server.post(
        "/auth/magic-link",
        "none",
        new JsonObject().put("school", school.slug()).put("contact", contact));
  }

  /** Asks for a link from another address. */
  public Reply askFrom(String address) {
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/auth/magic-link")
            .putHeader("X-Forwarded-For", address)
            .sendJsonObject(
                new JsonObject().put("school", school.slug()).put("contact", "+" + phone))
            .await());
  }

  /** The token of a link asked for and read on the phone. */
  public String newToken() {
    int before = links().size();
    ask();
    await().until(() -> links().size() > before);
    return token(links().getLast());
  }

  /** What the link in a message carries. */
  public static String token(String text) {
    return LINK.matcher(text)
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow()
        .replaceFirst("^.*#", "");
  }

  /** Sends a token to be redeemed. */
  public Future<Reply> redeem(String token) {
    return server.posted("/auth/magic-link/redeem", "none", new JsonObject().put("token", token));
  }

  /** The access token of a new session. */
  public String signIn() {
    return redeem(newToken()).await().get("access_token");
  }
}
