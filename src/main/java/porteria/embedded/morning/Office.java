package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One of the staff at work, by the public API. Signs in anew before the access token ends, which by
 * a clock in time-lapse is every few seconds.
 */
final class Office {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 5;
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final Vertx vertx;
  private final WebClient client;
  private final InstantSource clock;
  private final String api;
  private final Demo.Staff staff;
  private Future<String> token = Future.failedFuture("not signed in yet");
  private Instant renewAt = Instant.MIN;

  Office(Vertx vertx, WebClient client, InstantSource clock, String baseUrl, Demo.Staff staff) {
    this.vertx = vertx;
    this.client = client;
    this.clock = clock;
    this.api = baseUrl + "/api/v1";
    this.staff = staff;
  }

  /** The hours of a course on a date. */
  Future<DayScript.Hours> hours(String courseId, LocalDate date) {
    return call(
            HttpMethod.GET,
            "/schedules/effective?course_id=" + courseId + "&date=" + date,
            new JsonObject())
        .map(
            answer ->
                new DayScript.Hours(
                    LocalTime.parse(answer.getString("in_time")),
                    LocalTime.parse(answer.getString("out_time"))));
  }

  /** Lets a course begin at another time on a date. */
  Future<JsonObject> move(String courseId, LocalDate date, LocalTime in) {
    return except(courseId, date, new JsonObject().put("in_time", in.toString()));
  }

  /** Lets a course stay at home on a date. */
  Future<JsonObject> close(String courseId, LocalDate date) {
    return except(courseId, date, new JsonObject().put("closed", true));
  }

  private Future<JsonObject> except(String courseId, LocalDate date, JsonObject change) {
    return call(
        HttpMethod.POST,
        "/schedules/exceptions",
        change
            .put("scope", "COURSE")
            .put("course_id", courseId)
            .put("date", date.toString())
            .put("reason", "Salida pedagógica"));
  }

  /** Excuses a pupil whose family asked for it. */
  Future<JsonObject> approve(String absenceId) {
    return call(
        HttpMethod.POST,
        "/absences/" + absenceId + "/approve",
        new JsonObject().put("reason", "Certificado recibido"));
  }

  /** Takes an event back. */
  Future<JsonObject> annul(String eventId) {
    return call(
        HttpMethod.POST,
        "/attendance/events/" + eventId + "/annul",
        new JsonObject().put("reason", "Tarjeta leída por error"));
  }

  /** What is held back, and which gates are dark. */
  Future<JsonObject> alarms() {
    return call(HttpMethod.GET, "/attendance/alarms", new JsonObject());
  }

  /** Today's discrepancies, as many as one page holds. */
  Future<JsonObject> discrepancies() {
    return call(HttpMethod.GET, "/attendance/discrepancies?limit=100", new JsonObject());
  }

  private Future<JsonObject> call(HttpMethod method, String path, JsonObject body) {
    return again(() -> once(method, path, body), ATTEMPTS);
  }

  /** A slow machine may take longer than a token in time-lapse is good. */
  private Future<JsonObject> again(Supplier<Future<JsonObject>> act, int attempts) {
    return attempts == 1
        ? act.get()
        : act.get()
            .recover(
                failed -> {
                  renewAt = Instant.MIN;
                  return vertx
                      .timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                      .compose(later -> again(act, attempts - 1));
                });
  }

  private Future<JsonObject> once(HttpMethod method, String path, JsonObject body) {
    return signedIn()
        .compose(
            access ->
                send(
                    client.requestAbs(method, api + path).bearerTokenAuthentication(access),
                    body,
                    method + " " + path.replaceAll("\\?.*", "")));
  }

  private Future<String> signedIn() {
    if (clock.instant().isBefore(renewAt) && !token.failed()) {
      return token;
    }
    renewAt = Instant.MAX;
    token =
        send(
                client.postAbs(api + "/auth/login"),
                new JsonObject().put("email", staff.email()).put("password", staff.password()),
                "signing in")
            .map(
                answer -> {
                  long good = answer.getLong("expires_in");
                  renewAt = clock.instant().plusSeconds(good).minus(MARGIN);
                  return answer.getString("access_token");
                });
    return token;
  }

  private static Future<JsonObject> send(
      HttpRequest<Buffer> request, JsonObject body, String what) {
    HttpRequest<Buffer> patient = request.timeout(TIMEOUT.toMillis());
    return (body.isEmpty() ? patient.send() : patient.sendJsonObject(body))
        .compose(
            answer ->
                answer.statusCode() / 100 == 2
                    ? Future.succeededFuture(answer.bodyAsJsonObject())
                    : Future.failedFuture(what + " was answered HTTP " + answer.statusCode()));
  }
}
