package porteria.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Cards whose URI is signed, from the document to the gate. */
@ExtendWith(TestServersExtension.class)
class SignedCardTest {

  private static final String SIGNED = "http://localhost:8080/t/[A-Za-z0-9_-]{22}[?]sig=.{43}";

  private final RunningServer server;
  private final TestSchool school;

  SignedCardTest(TestServers servers) {
    server = RunningServer.signingCards(servers);
    school = server.school();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_signed_card_is_read_at_the_gate_and_a_forged_one_refused() throws Exception {
    TestPupil ana = school.pupil("Ana Rojas");
    String anas = printed(ana);
    String betos = printed(school.pupil("Beto Soto"));
    assertThat(anas).matches(SIGNED);
    Reply entered = scan(anas);
    assertThat(entered.status()).as(entered.text()).isEqualTo(202);
    assertThat(entered.json().getJsonObject("student").getString("id"))
        .isEqualTo(ana.id().toString());
    String forged = betos.substring(0, betos.indexOf('?')) + anas.substring(anas.indexOf('?'));
    assertThat(scan(forged).get("reason")).isEqualTo("BAD_SIGNATURE");
    assertThat(scan(betos).status()).isEqualTo(202);
  }

  private String printed(TestPupil pupil) throws IOException {
    HttpResponse<Buffer> reply =
        server
            .request(
                HttpMethod.GET, "/api/v1/students/" + pupil.id() + "/credential.pdf?replace=true")
            .bearerTokenAuthentication(school.login(Role.INSPECTOR))
            .send()
            .await();
    byte[] pdf = Objects.requireNonNull(reply.bodyAsBuffer()).getBytes();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return PrintedCodes.of(document, 0).getFirst();
    }
  }

  private Reply scan(String text) {
    return school.north().send(school.north().read("QR", text, "IN"));
  }
}
