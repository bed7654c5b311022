package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guardian at their phone, by the public API: asks for a link, reads it in the inbox, comes in by
 * it. In time-lapse a link is good for seconds; whoever was too slow asks for another.
 */
final class Family {
  private static final Pattern LINK = Pattern.compile("#([\\w-]{43})");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(150);
  private static final int LOOKS = 60;
  private static final int ATTEMPTS = 3;

  private final Vertx vertx;
  private final WebClient client;
  private final Inbox inbox;
  private final String api;
  private final String school;

  /**
   * @param school its slug
   */
  Family(Vertx vertx, WebClient client, Inbox inbox, String baseUrl, String school) {
    this.vertx = vertx;
    this.client = client;
    this.inbox = inbox;
    this.api = baseUrl + "/api/v1";
    this.school = school;
  }

  /** Where the guardian who asks for a pupil is told: the first of the pupil's. */
  static Obligation.Address address(Demo.Pupil pupil) {
    return Obligation.addresses(pupil).getFirst();
  }

  /**
   * Asks the school to excuse a pupil for a day.
   *
   * @return id of the request
   */
  Future<String> excuse(Demo.Pupil pupil, LocalDate date) {
    return excuse(pupil, date, ATTEMPTS);
  }

  private Future<String> excuse(Demo.Pupil pupil, LocalDate date, int attempts) {
    Future<String> asked =
        comeIn(address(pupil))
            .compose(
                token ->
                    send(
                        client
                            .postAbs(api + "/parents/me/absences")
                            .bearerTokenAuthentication(token),
                        new JsonObject()
                            .put("student_id", pupil.id())
                            .put("type", "SICKNESS")
                            .put("from", date.toString())
                            .put("to", date.toString()),
                        "asking to excuse a pupil"))
            .map(answer -> answer.getString("id"));
    return attempts == 1 ? asked : asked.recover(slow -> excuse(pupil, date, attempts - 1));
  }

  private Future<String> comeIn(Obligation.Address address) {
    String contact = address.to().indexOf('@') < 0 ? "+" + address.to() : address.to();
    Optional<String> before = link(address);
    return send(
            client.postAbs(api + "/auth/magic-link"),
            new JsonObject().put("school", school).put("contact", contact),
            "asking for a link")
        .compose(heard -> awaitLink(address, before, LOOKS))
        .compose(
            link ->
                send(
                    client.postAbs(api + "/auth/magic-link/redeem"),
                    new JsonObject().put("token", link),
                    "redeeming a link"))
        .map(answer -> answer.getString("access_token"));
  }

  private Future<String> awaitLink(Obligation.Address address, Optional<String> before, int looks) {
    return inbox
        .update()
        .compose(
            looked -> {
              Optional<String> link = link(address);
              if (link.isPresent() && !link.equals(before)) {
                return Future.succeededFuture(link.get());
              }
              return looks == 0
                  ? Future.failedFuture("a link that was asked for did not come")
                  : vertx
                      .timer(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)
                      .compose(later -> awaitLink(address, before, looks - 1));
            });
  }

  /** The latest that came to an address. */
  private Optional<String> link(Obligation.Address address) {
    return inbox.messages().stream()
        .filter(message -> message.address().equals(address))
        .map(message -> LINK.matcher(message.text()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .reduce((first, second) -> second);
  }

  private static Future<JsonObject> send(
      HttpRequest<Buffer> request, JsonObject body, String what) {
    return request
        .timeout(TIMEOUT.toMillis())
        .sendJsonObject(body)
        .compose(
            answer ->
                answer.statusCode() / 100 == 2
                    ? Future.succeededFuture(answer.bodyAsJsonObject())
                    : Future.failedFuture(what + " was answered HTTP " + answer.statusCode()));
  }
}
