package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.multipart.MultipartForm;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;

/** A school comes from a file: all of it or nothing, and a second time nothing more. */
@ExtendWith(RunningServerExtension.class)
class ImportTest {

  static final String HEADING =
      "student_number,full_name,course,grade,in_time,out_time,"
          + "guardian1_name,guardian1_phone,guardian1_email,guardian1_language\n";
  static final String ANA =
      "1,Ana Núñez,1.º A,1,08:00,15:30,Rosa Soto,9 1234 5678,Rosa@Example.org,en\n";
  static final String BETO = "2,Beto Núñez,1.º A,,,,rosa soto,+56912345678,,\n";

  private static final List<String> TABLES =
      List.of(
          "student",
          "guardian",
          "guardian_contact",
          "student_guardian",
          "course",
          "schedule",
          "enrollment");

  private final RunningServer server;
  private final RosterDesk desk;

  ImportTest(RunningServer server) {
    this.server = server;
    desk = new RosterDesk(server, server.school());
  }

  @Test
  void a_file_makes_pupils_courses_hours_and_guardians() {
    JsonObject report = load(HEADING + ANA + BETO);
    assertThat(report.getBoolean("imported")).as(report.encode()).isTrue();
    assertThat(counts(report)).isEqualTo("2 0 0");
    assertThat(desk.names("/students")).containsExactly("Ana Núñez", "Beto Núñez");
    assertThat(desk.get("/guardians").list("items"))
        .as("brother and sister have one mother")
        .singleElement()
        .satisfies(
            rosa -> {
              assertThat(rosa.getString("full_name")).isEqualTo("Rosa Soto");
              assertThat(rosa.getString("language")).isEqualTo("en");
              assertThat(rosa.getJsonArray("student_ids")).hasSize(2);
              assertThat(rosa.getJsonArray("contacts").encode())
                  .contains("+56912345678", "rosa@example.org");
            });
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT weekday, in_time FROM schedule s JOIN course c ON c.id = s.course_id"
                        + " WHERE c.school_id = ? AND c.name = '1.º A' ORDER BY weekday",
                    desk.school().id()))
        .containsExactly("0 08:00:00", "1 08:00:00", "2 08:00:00", "3 08:00:00", "4 08:00:00");
    assertThat(desk.get("/enrollments?school_year=2026").list("items")).hasSize(2);
  }

  @Test
  void the_same_file_again_changes_nothing_and_is_not_audited_again() {
    load(HEADING + ANA + BETO);
    String before = contents();
    JsonObject again = load(HEADING + ANA + BETO);
    assertThat(counts(again)).isEqualTo("0 0 2");
    assertThat(again.getJsonArray("changes")).isEmpty();
    assertThat(again.getJsonArray("courses")).isEmpty();
    assertThat(contents()).isEqualTo(before);
    assertThat(desk.acts(desk.school().id().toString()))
        .singleElement()
        .asString()
        .startsWith("roster.imported")
        .contains("\"created\": 2")
        .doesNotContain("Ana", "5678");
  }

  @Test
  void a_dry_run_says_exactly_what_would_change_and_changes_nothing() {
    load(HEADING + ANA);
    String before = contents();
    String changed =
        HEADING
            + (ANA + BETO)
                .replace("5678", "5679")
                .replace("15:30", "16:00")
                .replace("Ana N", "Ana María N");
    JsonObject rehearsed = rehearse(changed);
    assertThat(contents()).isEqualTo(before);
    assertThat(rehearsed.getBoolean("imported")).isFalse();
    assertThat(rehearsed.getJsonArray("changes"))
        .isEqualTo(
            new JsonArray(
                """
                [{"row": 2, "student_number": "1", "action": "UPDATED",
                  "fields": ["full_name", "guardian1"], "values": [
                    {"field": "full_name", "before": "Ana Núñez", "after": "Ana María Núñez"},
                    {"field": "guardian1_phone", "before": "+56912345678", "after": "+56912345679"}]},
                 {"row": 3, "student_number": "2", "action": "CREATED",
                  "fields": ["student_number", "full_name", "course", "guardian1"], "values": [
                    {"field": "student_number", "after": "2"},
                    {"field": "full_name", "after": "Beto Núñez"},
                    {"field": "course", "after": "1.º A"},
                    {"field": "guardian1_name", "after": "Rosa Soto"},
                    {"field": "guardian1_phone", "before": "+56912345678", "after": "+56912345679"}]}]
                """));
    assertThat(rehearsed.getJsonArray("courses"))
        .isEqualTo(
            new JsonArray(
                """
                [{"name": "1.º A", "action": "UPDATED", "fields": ["in_time", "out_time"], "values": [
                    {"field": "out_time", "before": "15:30", "after": "16:00"}]}]
                """));
    JsonObject done = load(changed);
    assertThat(done.getBoolean("imported")).isTrue();
    assertThat(done.remove("import_id")).isNotEqualTo(rehearsed.remove("import_id"));
    assertThat(done.put("imported", false)).isEqualTo(rehearsed);
  }

  @Test
  void a_list_of_changes_ends_somewhere_and_their_number_does_not() {
    StringBuilder file = new StringBuilder(HEADING);
    for (int i = 0; i < 250; i++) {
      file.append(i).append(",Pupila ").append(i).append(",Curso ").append(i).append(",1,,,,,,\n");
    }
    JsonObject report = rehearse(file.toString());
    assertThat(report.getJsonArray("changes")).hasSize(200);
    assertThat(report.getInteger("change_count")).isEqualTo(250);
    assertThat(report.getJsonArray("courses")).hasSize(200);
    assertThat(report.getInteger("course_count")).isEqualTo(250);
  }

  @Test
  void a_number_that_is_there_twice_is_told_though_one_of_the_rows_is_wrong_otherwise() {
    String wrong = "1,Otra,1.º A,,,,Rosa Soto,123,,\n";
    assertThat(errors(load(HEADING + ANA + wrong)))
        .containsExactlyInAnyOrder("3 student_number", "3 guardian1_phone");
    assertThat(errors(load(HEADING + wrong + ANA)))
        .containsExactlyInAnyOrder("2 guardian1_phone", "3 student_number");
  }

  @Test
  void one_error_anywhere_and_nothing_is_imported_and_all_errors_are_named() {
    String before = contents();
    JsonObject report =
        load(
            HEADING
                + ANA
                + "1,Otra,1.º A,2,09:00,08:00,,123,no,fr\n"
                + ",,Nuevo,,8,,,,,\n"
                + "4,Sin grado,Nuevo,,,,,,,\n"
                + "5,Corta\n"
                + "1,Repetida,1.º A,2,08:30,15:30,Rosa Soto,9 1111 1111,,\n"
                + "6,"
                + "x".repeat(1_001)
                + ",1.º A,,,,,,,\n");
    assertThat(report.getBoolean("imported")).isFalse();
    assertThat(errors(report))
        .containsExactlyInAnyOrder(
            "3 student_number",
            "3 grade",
            "3 out_time",
            "3 guardian1_phone",
            "3 guardian1_email",
            "3 guardian1_language",
            "3 guardian1_name",
            "4 student_number",
            "4 full_name",
            "4 in_time",
            "5 grade",
            "6 ",
            "7 student_number",
            "7 grade",
            "7 in_time",
            "8 full_name");
    assertThat(report.getInteger("error_count")).isEqualTo(16);
    assertThat(contents()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252"})
  void spreadsheets_write_as_they_like(String charset) {
    String semicolons =
        (HEADING + ANA).replace(",", ";").replace("\n", "\r\n").replace("08:00", "8:00:00");
    String quoted = semicolons.replace("Ana Núñez", "\"Núñez, \"\"Ana\"\" \"");
    assertThat(counts(load(Buffer.buffer(quoted.getBytes(Charset.forName(charset))))))
        .isEqualTo("1 0 0");
    assertThat(desk.names("/students")).containsExactly("Núñez, \"Ana\"");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_heading() {
    assertThat(counts(load("\uFEFF" + HEADING + ANA))).isEqualTo("1 0 0");
  }

  @Test
  void the_sample_file_can_be_loaded() throws Exception {
    JsonObject report = load(Buffer.buffer(Files.readAllBytes(Path.of("conf/roster-sample.csv"))));
    assertThat(report.getBoolean("imported")).as(report.encode()).isTrue();
  }

  static List<Buffer> nonsense() {
    Random random = new Random(7);
    byte[] noise = new byte[200_000];
    random.nextBytes(noise);
    byte[] latin = new byte[50_000];
    for (int i = 0; i < latin.length; i++) {
      latin[i] = (byte) (32 + random.nextInt(94));
    }
    String wide = IntStream.range(0, 200).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    return List.of(
        Buffer.buffer(),
        Buffer.buffer("\n\n\n"),
        Buffer.buffer("\uFEFF"),
        Buffer.buffer(noise),
        Buffer.buffer(latin),
        Buffer.buffer(new byte[100_000]),
        Buffer.buffer(wide + "\n" + wide),
        Buffer.buffer(HEADING + "\"" + "x".repeat(1_000_000)),
        Buffer.buffer(HEADING + "1," + "x".repeat(1_000_000) + ",A,1,,,,,,\n"),
        Buffer.buffer(HEADING + "1,A\u0000na,A,1,,,,,,\n"),
        Buffer.buffer(HEADING + "1,\"Ana\"x,A,1,,,,,,\n"),
        Buffer.buffer(HEADING + ANA + ANA.replace("Ana", "Eva")),
        Buffer.buffer(HEADING + ",".repeat(150) + "\n"),
        Buffer.buffer(HEADING + ANA + BETO.substring(0, 20)),
        Buffer.buffer((HEADING + ANA).getBytes(StandardCharsets.UTF_16)),
        Buffer.buffer(HEADING + "1,A,A,1,,,,,,\n".repeat(20_001)),
        Buffer.buffer(HEADING.replace("grade", "full_name") + ANA),
        Buffer.buffer(HEADING.replace("course", "colour") + ANA));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void nonsense_is_refused_and_half_of_it_never_imported(Buffer file) {
    String before = contents();
    Reply reply = send("", file);
    assertThat(reply.status()).as(reply.text()).isIn(200, 400);
    if (reply.status() == 200) {
      assertThat(reply.json().getBoolean("imported")).as(reply.text()).isFalse();
      assertThat(reply.list("errors")).isNotEmpty();
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void ten_thousand_pupils_come_at_once() {
    StringBuilder file = new StringBuilder(HEADING);
    for (int i = 0; i < 10_000; i++) {
      file.append(i).append(",Pupila ").append(i).append(",Curso ").append(i / 30);
      file.append(",1,08:00,15:30,Tutora ").append(i / 2).append(",9 ").append(10_000_000 + i / 2);
      file.append(",tutora").append(i / 2).append("@example.org,es\n");
    }
    JsonObject report = load(file.toString());
    assertThat(counts(report)).isEqualTo("10000 0 0");
    assertThat(number("SELECT count(*) FROM guardian WHERE school_id = ?")).isEqualTo(5_000);
    assertThat(number("SELECT count(*) FROM student_guardian WHERE school_id = ?"))
        .isEqualTo(10_000);
    assertThat(counts(load(file.toString()))).isEqualTo("0 0 10000");
  }

  @Test
  void a_file_is_admins_to_send_and_comes_as_a_form_no_larger_than_ten_megabytes() {
    assertThat(send("", Buffer.buffer(HEADING + ANA), Role.DIRECTOR).status()).isEqualTo(403);
    assertThat(send("", Buffer.buffer(new byte[10 * 1024 * 1024 + 32_000])).status())
        .isEqualTo(413);
    assertThat(send("?dry_run=perhaps", Buffer.buffer(HEADING + ANA)).status()).isEqualTo(400);
    assertThat(desk.post("/roster/import", new JsonObject().put("file", ANA)).status())
        .isEqualTo(415);
    assertThat(form(MultipartForm.create().attribute("file", HEADING + ANA)).status())
        .isEqualTo(400);
    assertThat(
            form(MultipartForm.create()
                    .binaryFileUpload("other", "a.csv", Buffer.buffer(HEADING + ANA), "text/csv"))
                .status())
        .isEqualTo(400);
    assertThat(raw("multipart/form-data").status()).isEqualTo(400);
    assertThat(raw("multipart/form-data; boundary=b").status()).isEqualTo(400);
    assertThat(desk.names("/students")).isEmpty();
    assertThat(counts(load(HEADING + ANA))).isEqualTo("1 0 0");
  }

  static List<String> errors(JsonObject report) {
    return remarks(report, "errors");
  }

  static List<String> remarks(JsonObject report, String which) {
    return report.getJsonArray(which).stream()
        .map(JsonObject.class::cast)
        .map(each -> each.getInteger("row") + " " + each.getString("column"))
        .toList();
  }

  private JsonObject load(String file) {
    return desk.load(file);
  }

  private JsonObject load(Buffer file) {
    Reply reply = send("", file);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private JsonObject rehearse(String file) {
    return send("?dry_run=true", Buffer.buffer(file)).json();
  }

  private Reply send(String query, Buffer file) {
    return send(query, file, Role.ADMIN);
  }

  private Reply send(String query, Buffer file, Role role) {
    return form(
        query, role, MultipartForm.create().binaryFileUpload("file", "a.csv", file, "text/csv"));
  }

  private Reply form(MultipartForm form) {
    return form("", Role.ADMIN, form);
  }

  private Reply form(String query, Role role, MultipartForm form) {
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/roster/import" + query)
            .bearerTokenAuthentication(desk.school().login(role))
            .sendMultipartForm(form)
            .await());
  }

  private Reply raw(String type) {
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/roster/import")
            .bearerTokenAuthentication(desk.school().login(Role.ADMIN))
            .putHeader("Content-Type", type)
            .sendBuffer(Buffer.buffer("--c\r\nnonsense\r\n" + HEADING + ANA))
            .await());
  }

  private static String counts(JsonObject report) {
    return "%d %d %d"
        .formatted(
            report.getInteger("created"),
            report.getInteger("updated"),
            report.getInteger("unchanged"));
  }

  private long number(String sql) {
    return server.sql().number(sql, desk.school().id());
  }

  /** All rows of the school's roster. */
  private String contents() {
    return TABLES.stream()
        .map(
            table ->
                server
                    .sql()
                    .lines(
                        "SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM "
                            + table
                            + " t WHERE school_id = ?",
                        desk.school().id())
                    .getFirst())
        .collect(Collectors.joining(" "));
  }
}
