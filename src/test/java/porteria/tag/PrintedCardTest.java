package porteria.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Printed cards, from the document to the gate. */
@ExtendWith(RunningServerExtension.class)
class PrintedCardTest {

  private static final String REPLACE = "?replace=true";

  private final RunningServer server;
  private final TestSchool school;

  PrintedCardTest(RunningServer server) {
    this.server = server;
    school = server.school();
    server.clock().advance(Duration.ofMinutes(2));
  }

  @Test
  void a_card_of_id_1_size_names_the_pupil_and_its_qr_is_read_at_the_gate() throws Exception {
    TestPupil pupil = withoutCard(school.pupil("María José Ñancupil Świątek 李"));
    HttpResponse<Buffer> reply = print(school, "/students/" + pupil.id() + "/credential.pdf");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.getHeader("Content-Type")).isEqualTo("application/pdf");
    assertThat(reply.getHeader("Content-Disposition")).startsWith("attachment");
    assertThat(reply.getHeader("Cache-Control")).isEqualTo("no-store");
    try (PDDocument document = opened(reply)) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      PDRectangle page = document.getPage(0).getMediaBox();
      assertThat(page.getWidth() / 72 * 25.4f).isCloseTo(85.60f, within(0.01f));
      assertThat(page.getHeight() / 72 * 25.4f).isCloseTo(53.98f, within(0.01f));
      String words = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
      assertThat(words).contains("Colegio", "María José Ñancupil Świątek ?", "4.º Básico B");
      List<String> codes = PrintedCodes.of(document, 0);
      assertThat(codes).hasSize(1);
      assertThat(codes.getFirst()).matches("http://localhost:8080/t/[A-Za-z0-9_-]{22}");
      Reply entered = scan(codes.getFirst());
      assertThat(entered.status()).isEqualTo(202);
      assertThat(entered.json().getJsonObject("student").getString("id"))
          .isEqualTo(pupil.id().toString());
    }
  }

  @Test
  void a_card_in_use_is_replaced_only_on_demand_and_then_revoked() throws Exception {
    TestPupil ana = school.pupil("Ana Rojas");
    String path = "/students/" + ana.id() + "/credential.pdf";
    HttpResponse<Buffer> refused = print(school, path);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.bodyAsString()).contains("replace=true");
    assertThat(scan(ana.qrToken()).status()).isEqualTo(202);
    HttpResponse<Buffer> replaced = print(school, path + REPLACE);
    assertThat(replaced.statusCode()).isEqualTo(200);
    assertThat(scan(ana.qrToken()).get("reason")).isEqualTo("REVOKED_TAG");
    assertThat(scan(ana.nfcToken()).status()).as("the sticker").isEqualTo(202);
    try (PDDocument document = opened(replaced)) {
      assertThat(scan(PrintedCodes.of(document, 0).getFirst()).status()).isEqualTo(202);
    }
  }

  @Test
  void a_course_of_eleven_takes_two_sheets_and_every_card_is_its_pupils() throws Exception {
    UUID course = school.course("1.º Medio A", "08:00");
    List<UUID> pupils = new ArrayList<>();
    for (int i = 11; i <= 21; i++) {
      pupils.add(withoutCard(school.pupil("Alumna Número " + i, course)).id());
    }
    TestPupil gone = withoutCard(school.pupil("Beto Ido", course));
    school.deactivate(gone, server.now());
    TestPupil carded = school.pupil("Carla Con Credencial", course);
    HttpResponse<Buffer> reply = print(school, "/courses/" + course + "/credentials.pdf");
    assertThat(reply.statusCode()).isEqualTo(200);
    try (PDDocument document = opened(reply)) {
      assertThat(document.getNumberOfPages()).isEqualTo(2);
      String words = new PDFTextStripper().getText(document);
      assertThat(words).doesNotContain("Beto", "Carla");
      List<String> codes = new ArrayList<>(PrintedCodes.of(document, 0));
      assertThat(codes).hasSize(10);
      codes.addAll(PrintedCodes.of(document, 1));
      List<UUID> entered =
          codes.stream()
              .map(code -> scan(code).json().getJsonObject("student").getString("id"))
              .map(UUID::fromString)
              .toList();
      assertThat(entered).containsExactlyInAnyOrderElementsOf(pupils);
    }
    assertThat(scan(carded.qrToken()).status()).isEqualTo(202);
    assertThat(print(school, "/courses/" + course + "/credentials.pdf").statusCode())
        .as("everybody has one now")
        .isEqualTo(409);
    assertThat(print(school, "/courses/" + course + "/credentials.pdf" + REPLACE).statusCode())
        .isEqualTo(200);
    assertThat(scan(carded.qrToken()).get("reason")).isEqualTo("REVOKED_TAG");
  }

  @Test
  void the_largest_names_stay_on_their_card() throws Exception {
    TestPupil pupil =
        withoutCard(
            school.pupil(
                "Maximiliano-Alejandro-Wenceslao-Bartolomé de los Ángeles Huenchullán y Goycoolea"
                    + " de la Fuente y Aldunate-Undurraga"));
    HttpResponse<Buffer> reply = print(school, "/students/" + pupil.id() + "/credential.pdf");
    try (PDDocument document = opened(reply)) {
      assertThat(PrintedCodes.of(document, 0)).as("nothing is written over the code").hasSize(1);
      assertThat(new PDFTextStripper().getText(document)).contains("4.º Básico B");
    }
  }

  @Test
  void printing_is_in_the_trail_and_no_token_is_stored() throws Exception {
    TestPupil ana = school.pupil("Ana Rojas");
    HttpResponse<Buffer> reply =
        print(school, "/students/" + ana.id() + "/credential.pdf" + REPLACE);
    String token;
    try (PDDocument document = opened(reply)) {
      String uri = PrintedCodes.of(document, 0).getFirst();
      token = uri.substring(uri.lastIndexOf('/') + 1);
    }
    List<String> entries =
        server
            .sql()
            .lines(
                "SELECT a::text FROM audit_log a WHERE school_id = ? AND action = 'card.printed'",
                school.id());
    assertThat(entries).hasSize(1);
    assertThat(entries.getFirst()).contains(ana.id().toString()).doesNotContain(token);
    assertThat(server.sql().lines("SELECT t::text FROM tag t").toString())
        .contains(token.substring(0, 6))
        .doesNotContain(token);
  }

  @Test
  void pupils_and_courses_of_another_school_do_not_exist_and_teachers_print_nothing() {
    TestPupil ana = school.pupil("Ana Rojas");
    for (String path :
        List.of(
            "/students/" + ana.id() + "/credential.pdf" + REPLACE,
            "/courses/" + school.course() + "/credentials.pdf" + REPLACE)) {
      assertThat(print(server.school(), path).statusCode()).isEqualTo(404);
      assertThat(server.get(path, school.login(Role.TEACHER)).status()).isEqualTo(403);
    }
    assertThat(scan(ana.qrToken()).status()).isEqualTo(202);
    school.deactivate(ana, server.now());
    assertThat(print(school, "/students/" + ana.id() + "/credential.pdf" + REPLACE).statusCode())
        .isEqualTo(409);
  }

  private static PDDocument opened(HttpResponse<Buffer> reply) throws IOException {
    return Loader.loadPDF(Objects.requireNonNull(reply.bodyAsBuffer()).getBytes());
  }

  private TestPupil withoutCard(TestPupil pupil) {
    server.sql().lines("DELETE FROM tag WHERE student_id = ? AND kind = 'QR'", pupil.id());
    return pupil;
  }

  private HttpResponse<Buffer> print(TestSchool by, String path) {
    return server
        .request(HttpMethod.GET, "/api/v1" + path)
        .bearerTokenAuthentication(by.login(Role.INSPECTOR))
        .send()
        .await();
  }

  private Reply scan(String text) {
    return school.north().send(school.north().read("QR", text, "IN"));
  }
}
