package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.multipart.MultipartForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.ServerEnvironment;
import porteria.testkit.ServerJvm;
import porteria.testkit.Telling;

/**
 * The first hour of a new school, from a database without any school to the message on a guardian's
 * phone: by the operator's two commands, and by calls that anybody may read in the contract.
 */
@ExtendWith(RunningServerExtension.class)
@Telling
class NewSchoolHourTest {

  private static final String NOBODY = "none";
  private static final Pattern PASSWORD = Pattern.compile("with the password ([\\w-]{20})");

  private final RunningServer server;

  NewSchoolHourTest(RunningServer server) {
    this.server = server;
  }

  @Test
  void from_nothing_to_the_first_message_without_a_word_of_sql() throws Exception {
    String admin = foundSchoolAndSignIn();
    settle(admin);
    String amanda = importRoster(admin);
    Reply kiosk = enrolKiosk(admin);
    String sticker = writeSticker(admin, amanda);
    Reply scan = scan(kiosk, sticker);
    assertThat(scan.status()).as(scan.text()).isEqualTo(202);
    assertThat(scan.json().getJsonObject("student").getString("first_name")).isEqualTo("Amanda");
    await()
        .untilAsserted(
            () ->
                assertThat(server.told("56961234567"))
                    .containsExactly(
                        "Llegó al colegio: Amanda Ulloa Cisternas entró a las 07:30 por Puerta Norte."
                            + " Que tenga un buen día."));
    await()
        .untilAsserted(
            () -> assertThat(server.told("56961234568")).as("the other guardian").hasSize(1));
    assertThat(server.get("/attendance/day", admin).json().getJsonObject("totals"))
        .isEqualTo(
            new JsonObject()
                .put("expected", 3)
                .put("present", 1)
                .put("late", 0)
                .put("absent", 2)
                .put("excused", 0)
                .put("held", 0)
                .put("left", 0));
  }

  private String foundSchoolAndSignIn() {
    run(0, "school", "los-pinos", "Colegio Los Pinos", "America/Santiago");
    String said = run(0, "admin", "rosa@lospinos.example", "los-pinos");
    Matcher password = PASSWORD.matcher(said);
    assertThat(password.find()).as(said).isTrue();
    Reply signedIn =
        server.post(
            "/auth/login",
            NOBODY,
            new JsonObject()
                .put("email", "rosa@lospinos.example")
                .put("password", password.group(1)));
    assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
    return signedIn.get("access_token");
  }

  /** What the school is called, and a gate. */
  private void settle(String admin) {
    JsonObject school = server.get("/school", admin).json();
    assertThat(school.getString("slug")).isEqualTo("los-pinos");
    JsonObject settings =
        new JsonObject()
            .put("name", school.getString("name"))
            .put("country", "CL")
            .put("phone", "+56 2 2345 6789")
            .put("timezone", school.getString("timezone"))
            .put("language", "es");
    Reply kept = send(HttpMethod.PUT, "/school", admin, settings);
    assertThat(kept.status()).as(kept.text()).isEqualTo(200);
    JsonObject gate = new JsonObject().put("gate_id", "NORTE").put("name", "Puerta Norte");
    assertThat(server.post("/gates", admin, gate).status()).isEqualTo(201);
  }

  /** The README's sample, first rehearsed; answers Amanda's id. */
  private String importRoster(String admin) throws IOException {
    Reply rehearsed = load("?dry_run=true", admin);
    assertThat(rehearsed.list("errors")).isEmpty();
    Reply loaded = load("", admin);
    assertThat(loaded.json().getBoolean("imported")).as(loaded.text()).isTrue();
    return server.get("/students?q=amanda", admin).list("items").getFirst().getString("id");
  }

  private Reply enrolKiosk(String admin) {
    Reply offer =
        server.post(
            "/devices", admin, new JsonObject().put("code", "KIOSCO-1").put("gate_id", "NORTE"));
    Reply enrolled =
        server.post(
            "/devices/enroll",
            NOBODY,
            new JsonObject().put("enrolment_code", offer.get("enrolment_code")));
    assertThat(enrolled.status()).as(enrolled.text()).isEqualTo(201);
    return enrolled;
  }

  /** Answers what a reader finds on the sticker. */
  private String writeSticker(String admin, String student) {
    JsonObject of = new JsonObject().put("student_id", student);
    Reply provided = server.post("/tags/provision", admin, of);
    String uri = provided.get("ndef_uri");
    Reply confirmed =
        server.post(
            "/tags/confirm",
            admin,
            of.copy()
                .put("tag_token_preview", provided.get("tag_token_preview"))
                .put("checksum", checksum(uri)));
    assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(201);
    return uri;
  }

  private Reply scan(Reply kiosk, String sticker) {
    return server.post(
        "/attendance/scan",
        kiosk.get("device_token"),
        new JsonObject()
            .put("source", "NFC")
            .put("token", sticker)
            .put("type", "IN")
            .put("gate_id", kiosk.get("gate_id"))
            .put("device_id", kiosk.get("device_id"))
            .put("local_seq", 1)
            .put("photo_expected", false));
  }

  private Reply load(String query, String admin) throws IOException {
    Buffer sample = Buffer.buffer(Files.readAllBytes(Path.of("conf/roster-sample.csv")));
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/roster/import" + query)
            .bearerTokenAuthentication(admin)
            .sendMultipartForm(
                MultipartForm.create()
                    .binaryFileUpload("file", "roster-sample.csv", sample, "text/csv"))
            .await());
  }

  private Reply send(HttpMethod method, String path, String token, JsonObject body) {
    return Reply.of(
        server
            .request(method, "/api/v1" + path)
            .bearerTokenAuthentication(token)
            .sendJsonObject(body)
            .await());
  }

  private String run(int exitCode, String... command) {
    Map<String, String> environment = ServerEnvironment.of(server.database());
    try (ServerJvm process = ServerJvm.start(List.of(command), environment)) {
      assertThat(process.awaitEnd()).as(process.output()).isEqualTo(exitCode);
      return process.output();
    }
  }

  private static String checksum(String uri) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(uri.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
