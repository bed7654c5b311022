package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Whatever is sent, the answer is a problem document, and the next good request works. */
@ExtendWith(RunningServerExtension.class)
class BadInputTest {

  private static final String JSON = "application/json";
  private static final String INVALID = "invalid-request";

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  BadInputTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @AfterEach
  void the_next_good_request_works() {
    assertThat(kiosk.in(ana, server.now()).status()).isEqualTo(202);
  }

  static Stream<String> bodies() {
    return Stream.of("", "{", "not json", "null", "7", "[]", "\"text\"", "{}", "{\"a\":}", "\0");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void a_body_that_is_no_scan_is_400(String body) {
    for (String path : List.of("/attendance/scan", "/attendance/scans")) {
      problem(() -> raw(path, kiosk.token(), "application/json", body), 400, "invalid-request");
    }
    problem(
        () -> raw("/auth/login", kiosk.token(), "application/json", body), 400, "invalid-request");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void a_body_that_is_no_reason_is_400(String body) {
    String event = kiosk.in(ana, server.now()).get("event_id");
    String path = "/attendance/events/" + event + "/annul";
    problem(() -> raw(path, kiosk.token(), "application/json", body), 400, "invalid-request");
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        arguments("token", 7),
        arguments("token", ""),
        arguments("token", "x".repeat(513)),
        arguments("source", "RFID"),
        arguments("type", new JsonObject()),
        arguments("gate_id", "OESTE"),
        arguments("gate_id", "\0"),
        arguments("local_seq", "7"),
        arguments("local_seq", -1),
        arguments("local_seq", 9_007_199_254_740_992L),
        arguments("photo_expected", "no"),
        arguments("captured_at", 1_781_000_000),
        arguments("captured_at", "yesterday, about seven o'clock"),
        arguments("captured_at", "2026-06-10T07:30:00"),
        arguments("captured_at", "2026-13-10T07:30:00Z"),
        arguments("sent_at", "+300000-01-01T00:00:00Z"),
        arguments("sent_at", "-999999999-01-01T00:00:00Z"),
        arguments("colour", "red"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void a_field_that_is_wrong_is_named(String field, Object value) {
    JsonObject scan = kiosk.read(ana, "IN", server.now()).put(field, value);
    JsonObject problem =
        problem(() -> raw("/attendance/scan", kiosk.token(), JSON, scan.encode()), 400, INVALID);
    assertThat(problem.getJsonArray("errors").stream().map(JsonObject.class::cast))
        .extracting(error -> error.getString("pointer"))
        .as(problem.encode())
        .containsExactly("/" + field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"source", "token", "type", "gate_id", "device_id", "local_seq", "photo_expected"})
  void a_field_that_is_missing_is_400(String field) {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    scan.remove(field);
    JsonObject problem =
        problem(() -> raw("/attendance/scan", kiosk.token(), JSON, scan.encode()), 400, INVALID);
    assertThat(problem.getJsonArray("errors").encode()).contains(field);
  }

  @Test
  void a_foreign_device_is_403() {
    JsonObject scan = kiosk.read(ana, "IN", server.now()).put("device_id", "KIOSCO-SUR");
    problem(() -> raw("/attendance/scan", kiosk.token(), JSON, scan.encode()), 403, "forbidden");
  }

  @Test
  void a_body_of_eleven_megabytes_is_413() {
    String body = "{\"token\":\"" + "x".repeat(11 * 1024 * 1024) + "\"}";
    problem(() -> raw("/attendance/scan", kiosk.token(), JSON, body), 413, "body-too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"})
  void another_type_of_body_is_415(String type) {
    String scan = kiosk.read(ana, "IN", server.now()).encode();
    problem(
        () -> raw("/attendance/scan", kiosk.token(), type, scan), 415, "unsupported-media-type");
  }

  @Test
  void no_credentials_or_unknown_ones_are_401_before_the_body_is_looked_at() {
    for (String token : List.of("unknown", "a.b.c", "x".repeat(5_000), "Ñandú")) {
      problem(() -> raw("/attendance/scan", token, JSON, "{"), 401, "unauthenticated");
    }
    problem(
        () -> server.request(HttpMethod.POST, "/api/v1/attendance/scan").send(),
        401,
        "unauthenticated");
    problem(
        () -> server.request(HttpMethod.GET, "/api/v1/attendance/day").send(),
        401,
        "unauthenticated");
    problem(() -> server.request(HttpMethod.GET, "/metrics").send(), 401, "unauthenticated");
  }

  @Test
  void a_revoked_kiosk_is_401_within_seconds() {
    TestKiosk south = school.south();
    assertThat(south.in(ana, server.now()).status()).isEqualTo(202);
    server.sql().lines("UPDATE device SET revoked_at = now() WHERE id = ?", south.id());
    server.clock().advance(Duration.ofSeconds(5));
    problem(() -> raw("/attendance/scan", south.token(), JSON, "{"), 401, "unauthenticated");
  }

  @Test
  void credentials_of_the_wrong_kind_are_403() {
    String staff = school.login(Role.ADMIN);
    problem(() -> raw("/attendance/scan", staff, JSON, "{"), 403, "forbidden");
    problem(() -> raw("/attendance/scans", staff, JSON, "{"), 403, "forbidden");
    problem(() -> read("/attendance/day", kiosk.token()), 403, "forbidden");
    problem(() -> read("/attendance/day", school.login(Role.TEACHER)), 403, "forbidden");
  }

  @Test
  void a_wrong_password_is_401() {
    JsonObject body = new JsonObject().put("email", "nobody@example.test").put("password", "x");
    problem(() -> raw("/auth/login", "none", JSON, body.encode()), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/nothing", "/nothing", "/api/v1/attendance/scan/7", "/api/v2/x"})
  void an_unknown_address_is_404(String path) {
    problem(() -> server.request(HttpMethod.GET, path).send(), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/attendance/scan", "/api/v1/auth/login"})
  void a_wrong_method_is_405(String path) {
    problem(() -> server.request(HttpMethod.GET, path).send(), 405, "method-not-allowed");
    problem(() -> server.request(HttpMethod.DELETE, path).send(), 405, "method-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/attendance/day?date=2026-02-30",
        "/attendance/day?date=tomorrow",
        "/attendance/events?student_id=7",
        "/attendance/events?limit=0",
        "/attendance/events?limit=201",
        "/attendance/events?limit=many",
        "/attendance/events?from=yesterday",
        "/attendance/events?to=%2B300000-01-01T00:00:00Z",
        "/attendance/events?cursor=nonsense",
        "/attendance/rejections?cursor=f_________________________________"
      })
  void a_bad_parameter_is_400(String path) {
    problem(() -> read(path, school.login(Role.INSPECTOR)), 400, INVALID);
  }

  @Test
  void an_event_id_that_is_none_is_400() {
    String body = new JsonObject().put("reason", "se equivocó").encode();
    problem(
        () -> raw("/attendance/events/7/annul", school.login(Role.INSPECTOR), JSON, body),
        400,
        INVALID);
  }

  @Test
  void a_decent_request_id_of_the_caller_is_kept_and_an_indecent_one_replaced() {
    assertThat(requestId("kiosk-7.retry_2")).isEqualTo("kiosk-7.retry_2");
    assertThat(requestId("<script>")).isNotEqualTo("<script>").isNotEmpty();
    assertThat(requestId("x".repeat(65))).hasSizeLessThan(65).isNotEmpty();
  }

  private String requestId(String given) {
    return problem(
            () ->
                server
                    .request(HttpMethod.GET, "/api/v1/nothing")
                    .putHeader("X-Request-Id", given)
                    .send(),
            404,
            "not-found")
        .getString("request_id");
  }

  private Future<HttpResponse<Buffer>> raw(String path, String token, String type, String body) {
    return server
        .request(HttpMethod.POST, "/api/v1" + path)
        .putHeader("Authorization", "Bearer " + token)
        .putHeader("Content-Type", type)
        .sendBuffer(Buffer.buffer(body));
  }

  private Future<HttpResponse<Buffer>> read(String path, String token) {
    return server
        .request(HttpMethod.GET, "/api/v1" + path)
        .putHeader("Authorization", "Bearer " + token)
        .send();
  }

  /** Asks, and holds the answer against what every problem document has. */
  private JsonObject problem(
      Supplier<Future<HttpResponse<Buffer>>> request, int status, String slug) {
    String series = "porteria_problems_total{type=\"" + slug + "\"}";
    double before = server.metric(series);
    HttpResponse<Buffer> response = request.get().await();
    assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(status);
    assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = new JsonObject(response.bodyAsString());
    assertThat(problem.getString("type")).isEqualTo("urn:porteria:problem:" + slug);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotEmpty();
    assertThat(problem.getString("detail")).isNotEmpty();
    assertThat(problem.getString("request_id"))
        .isNotEmpty()
        .isEqualTo(response.getHeader("X-Request-Id"));
    assertThat(server.metric(series)).isEqualTo(before + 1);
    return problem;
  }
}
