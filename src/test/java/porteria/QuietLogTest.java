package porteria;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import porteria.testkit.Authenticator;
import porteria.testkit.DemoSchoolFile.Device;
import porteria.testkit.DemoSchoolFile.Pupil;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** A log may be read by more people than a school's records. */
@ExtendWith(TestServersExtension.class)
class QuietLogTest {

  /** Of the schools' file: secrets, and what says who somebody is. */
  private static final Set<String> SENSITIVE =
      Set.of("email", "password", "token", "full_name", "nfc_token", "qr_token", "whatsapp");

  private static final String WRONG_PASSWORD = "una contraseña equivocada";
  private static final String TOO_COMMON = "Password2026!";
  private static final String NEW_PASSWORD = "tres gatos saltan el muro";
  private static final String UNKNOWN_MAILBOX = "quien.no.existe@colegio.example";
  private static final String UNKNOWN_CARD = "UnaTarjetaQueNadieTiene9";
  private static final String UNKNOWN_BEARER = "UnTokenQueNadieTiene27";
  private static final String REASON = "la tarjeta de su hermano Benjamín";

  private final HttpClient client = HttpClient.newHttpClient();
  private final DemoStage stage;
  private final JsonObject demo;

  /** All that passed and must not be in the log. */
  private final Set<String> passed = new LinkedHashSet<>();

  /** One-time codes that passed, of six digits. */
  private final Set<String> codes = new LinkedHashSet<>();

  private URI server = URI.create("http://localhost");
  private long localSeq;

  QuietLogTest(TestServers servers, @TempDir Path directory) throws IOException {
    stage = new DemoStage(servers, directory);
    demo = new JsonObject(Files.readString(directory.resolve("demo.json")));
    gatherSensitive(demo);
    passed.addAll(stage.serverSecrets());
    passed.addAll(List.of(WRONG_PASSWORD, UNKNOWN_MAILBOX, UNKNOWN_CARD, UNKNOWN_BEARER, REASON));
    passed.addAll(List.of(TOO_COMMON, NEW_PASSWORD));
  }

  @AfterEach
  void clear() {
    client.close();
    stage.close();
  }

  @Test
  void not_even_at_its_most_talkative_the_log_says_who_somebody_is_or_what_lets_them_in()
      throws Exception {
    ServerJvm talkative = stage.startTalkativeServer();
    try (talkative) {
      server = URI.create("http://localhost:" + talkative.awaitReady());
      String inspector = signIn("INSPECTOR");
      guess();
      scanAndAnnul(inspector);
      enrol(signIn("ADMIN"));
      secureAccount();
      comeInAsParent();
      sendNonsense(inspector);
      call("POST", "/auth/logout", inspector, "{}");
    }
    assertThat(talkative.output()).as("it was talkative").contains(" DEBUG ", "sent");
    assertThat(passed.stream().filter(talkative.output()::contains)).isEmpty();
    assertThat(codes.stream().filter(code -> wordIn(talkative.output(), code))).isEmpty();
  }

  /** Longer numbers may hold any six digits. */
  private static boolean wordIn(String text, String code) {
    return Pattern.compile("\\b" + Pattern.quote(code) + "\\b").matcher(text).find();
  }

  private String signIn(String role) {
    JsonObject person = staff(role);
    JsonObject tokens =
        answer(
            call(
                "POST",
                "/auth/login",
                "",
                login(person.getString("email"), person.getString("password"))));
    JsonObject renewed =
        answer(
            call(
                "POST",
                "/auth/refresh",
                "",
                new JsonObject().put("refresh_token", secret(tokens, "refresh_token")).encode()));
    secret(tokens, "device_token");
    secret(tokens, "access_token");
    secret(renewed, "refresh_token");
    return secret(renewed, "access_token");
  }

  private void guess() {
    String email = staff("DIRECTOR").getString("email");
    for (String mailbox : List.of(email, UNKNOWN_MAILBOX)) {
      for (int times = 0; times < 6; times++) {
        assertThat(call("POST", "/auth/login", "", login(mailbox, WRONG_PASSWORD)))
            .contains(times < 5 ? "unauthenticated" : "too-many-requests");
      }
    }
    send(
        request("/login", "")
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "email=%s&password=%s"
                        .formatted(
                            URLEncoder.encode(email, UTF_8),
                            URLEncoder.encode(WRONG_PASSWORD, UTF_8)))));
  }

  private void scanAndAnnul(String inspector) {
    Device kiosk = stage.school().devices().getFirst();
    Pupil pupil =
        stage.school().pupils().stream()
            .filter(each -> !each.addresses().isEmpty())
            .findFirst()
            .orElseThrow();
    JsonObject scan = scan(kiosk, pupil.nfcToken());
    JsonObject event = answer(call("POST", "/attendance/scan", kiosk.token(), scan.encode()));
    call("POST", "/attendance/scan", kiosk.token(), scan.encode());
    call("POST", "/attendance/scan", kiosk.token(), scan(kiosk, UNKNOWN_CARD).encode());
    JsonArray batch = new JsonArray();
    stage.school().pupils().stream()
        .limit(20)
        .forEach(each -> batch.add(scan(kiosk, each.nfcToken())));
    batch.add(scan(kiosk, UNKNOWN_CARD)).add(new JsonObject().put("token", pupil.nfcToken()));
    call(
        "POST",
        "/attendance/scans",
        kiosk.token(),
        new JsonObject().put("sent_at", Instant.now().toString()).put("scans", batch).encode());
    await().until(() -> stage.messages().size() >= 20);
    call(
        "POST",
        "/attendance/events/" + given(event, "event_id") + "/annul",
        inspector,
        new JsonObject().put("reason", REASON).encode());
  }

  private void enrol(String admin) {
    String gate = stage.school().devices().getFirst().gateId();
    JsonObject offer =
        answer(
            call(
                "POST",
                "/devices",
                admin,
                new JsonObject().put("code", "DEV-NEW").put("gate_id", gate).encode()));
    String code = new JsonObject().put("enrolment_code", secret(offer, "enrolment_code")).encode();
    JsonObject enrolled = answer(call("POST", "/devices/enroll", "", code));
    call("POST", "/devices/enroll", "", code);
    Device device = new Device("DEV-NEW", gate, secret(enrolled, "device_token"));
    call(
        "POST",
        "/attendance/scan",
        device.token(),
        scan(device, stage.school().pupils().getLast().nfcToken()).encode());
    call("POST", "/devices/" + given(enrolled, "id") + "/revoke", admin, "");
  }

  /** By another password and a second factor, each tried wrong first; and what answers to them. */
  private void secureAccount() {
    String email = staff("ADMIN").getString("email");
    String before = staff("ADMIN").getString("password");
    String first = signIn("ADMIN");
    refused("POST", "/auth/password", first, passwords(before, TOO_COMMON));
    refused("POST", "/auth/password", first, passwords(WRONG_PASSWORD, NEW_PASSWORD));
    JsonObject changed =
        answer(call("POST", "/auth/password", first, passwords(before, NEW_PASSWORD)));
    String device = secret(changed, "device_token");
    secret(changed, "refresh_token");
    String token = secret(changed, "access_token");
    JsonObject offer = answer(call("POST", "/auth/totp/enroll", token, ""));
    secret(offer, "otpauth_uri");
    Authenticator app = new Authenticator(secret(offer, "secret"));
    Instant now = Instant.now();
    refused("POST", "/auth/totp/confirm", token, totp(app.code(now.plusSeconds(3_600))));
    JsonObject confirmed = answer(call("POST", "/auth/totp/confirm", token, totp(app.code(now))));
    secret(confirmed, "access_token");
    secret(confirmed, "refresh_token");
    secret(confirmed, "device_token");
    JsonArray recovery = confirmed.getJsonArray("recovery_codes");
    recovery.forEach(code -> passed.add(String.valueOf(code)));
    JsonObject login = new JsonObject(login(email, NEW_PASSWORD)).put("device_token", device);
    String wrong = totp(app.code(now.plusSeconds(7_200)));
    refused("POST", "/auth/login", "", login.encode());
    refused("POST", "/auth/login", "", login.copy().mergeIn(answer(wrong)).encode());
    String next = totp(app.code(now.plusSeconds(30)));
    for (String code :
        List.of(next, new JsonObject().put("totp", recovery.getString(0)).encode())) {
      JsonObject opened =
          answer(call("POST", "/auth/login", "", login.copy().mergeIn(answer(code)).encode()));
      secret(opened, "access_token");
      secret(opened, "refresh_token");
      secret(opened, "device_token");
    }
  }

  private static String passwords(String current, String wanted) {
    return new JsonObject().put("current_password", current).put("new_password", wanted).encode();
  }

  private String totp(String code) {
    codes.add(code);
    return new JsonObject().put("totp", code).encode();
  }

  /** By a link, which is tried once more after it was used. */
  private void comeInAsParent() {
    String phone =
        stage.school().pupils().stream()
            .flatMap(pupil -> pupil.addresses().stream())
            .filter(address -> !address.contains("@"))
            .findFirst()
            .orElseThrow();
    call(
        "POST",
        "/auth/magic-link",
        "",
        new JsonObject().put("school", "demo").put("contact", "+" + phone).encode());
    await().until(() -> !linksOf(phone).isEmpty());
    String token = linksOf(phone).getFirst().replaceFirst("(?s)^.*#([\\w-]{43}).*$", "$1");
    passed.add(token);
    String redemption = new JsonObject().put("token", token).encode();
    JsonObject session = answer(call("POST", "/auth/magic-link/redeem", "", redemption));
    String parent = secret(session, "access_token");
    given(answer(call("GET", "/parents/me", parent, "")), "full_name");
    refused("POST", "/auth/magic-link/redeem", "", redemption);
    call("POST", "/auth/logout", parent, "{}");
  }

  private List<String> linksOf(String phone) {
    return stage.messages().stream()
        .filter(message -> phone.equals(message.getString("to")))
        .map(message -> message.getString("text"))
        .filter(text -> text.contains("/p/demo#"))
        .toList();
  }

  /** Parsers like to quote what they cannot read. */
  private void sendNonsense(String inspector) {
    Device kiosk = stage.school().devices().getFirst();
    String scan = scan(kiosk, UNKNOWN_CARD).encode();
    refused("POST", "/attendance/scan", kiosk.token(), scan.substring(0, scan.length() - 4));
    refused("POST", "/attendance/scan", kiosk.token(), "[" + scan + "]");
    refused("POST", "/attendance/scan", UNKNOWN_BEARER, scan);
    refused(
        "POST",
        "/auth/login",
        "",
        "{\"email\":\"" + UNKNOWN_MAILBOX + "\",\"password\":\"" + WRONG_PASSWORD);
    refused("POST", "/auth/login", "", "{\"" + UNKNOWN_MAILBOX + "\":\"" + WRONG_PASSWORD + "\"}");
    refused("POST", "/auth/refresh", "", "{\"refresh_token\":\"" + UNKNOWN_BEARER + "\"}");
    refused("GET", "/attendance/day?date=" + UNKNOWN_BEARER, inspector, "");
    refused("GET", "/attendance/day", inspector + "x", "");
    refused("GET", "/" + UNKNOWN_BEARER, inspector, "");
  }

  private void refused(String method, String path, String bearer, String body) {
    assertThat(call(method, path, bearer, body)).contains("urn:porteria:problem:");
  }

  private JsonObject scan(Device kiosk, String card) {
    return new JsonObject()
        .put("source", "NFC")
        .put("token", card)
        .put("type", "IN")
        .put("gate_id", kiosk.gateId())
        .put("device_id", kiosk.deviceId())
        .put("local_seq", ++localSeq)
        .put("photo_expected", false);
  }

  private static String login(String email, String password) {
    return new JsonObject().put("email", email).put("password", password).encode();
  }

  private JsonObject staff(String role) {
    return demo.getJsonArray("schools").getJsonObject(0).getJsonArray("staff").stream()
        .map(JsonObject.class::cast)
        .filter(person -> person.getString("role").equals(role))
        .findFirst()
        .orElseThrow();
  }

  /** A field of an answer that is a secret. */
  private String secret(JsonObject answer, String field) {
    String value = given(answer, field);
    passed.add(value);
    return value;
  }

  private static String given(JsonObject answer, String field) {
    String value = answer.getString(field);
    assertThat(value).as("%s in %s", field, answer.fieldNames()).isNotBlank();
    return value;
  }

  private void gatherSensitive(Object json) {
    if (json instanceof JsonArray array) {
      array.forEach(this::gatherSensitive);
    } else if (json instanceof JsonObject object) {
      object.forEach(
          field -> {
            if (SENSITIVE.contains(field.getKey()) && field.getValue() instanceof String text) {
              passed.add(text.replaceFirst("^\\+", ""));
            }
            gatherSensitive(field.getValue());
          });
    }
  }

  private String call(String method, String path, String bearer, String body) {
    return send(
        request("/api/v1" + path, bearer)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path, String bearer) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    return bearer.isEmpty() ? request : request.header("authorization", "Bearer " + bearer);
  }

  private String send(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString()).join().body();
  }

  private static JsonObject answer(String body) {
    return new JsonObject(body);
  }
}
