package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.roster.ImportTest.ANA;
import static porteria.roster.ImportTest.BETO;
import static porteria.roster.ImportTest.HEADING;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;

/** Who a file means, and who it must not be taken to mean. */
@ExtendWith(RunningServerExtension.class)
class ImportedPeopleTest {

  private final RosterDesk desk;

  ImportedPeopleTest(RunningServer server) {
    desk = new RosterDesk(server, server.school());
  }

  @Test
  void a_namesake_who_shares_one_address_and_differs_in_the_other_is_for_people_to_tell() {
    desk.load(HEADING + ANA);
    String stranger = "7,Caro Paz,1.º A,,,,Rosa Soto,9 1234 5678,otra@example.org,\n";
    JsonObject refused = desk.load(HEADING + stranger);
    assertThat(refused.getBoolean("imported")).isFalse();
    assertThat(ImportTest.errors(refused)).containsExactly("2 guardian1_email");
    assertThat(refused.getJsonArray("errors").getJsonObject(0).getString("detail"))
        .contains("correct it first", "a name that tells them apart")
        .doesNotContain("example.org", "5678");
    assertThat(
            ImportTest.errors(
                desk.load(
                    HEADING
                        + stranger
                            .replace("9 1234 5678", "9 1111 1111")
                            .replace("otra@", "rosa@"))))
        .containsExactly("2 guardian1_phone");
    assertThat(desk.get("/guardians").list("items"))
        .singleElement()
        .satisfies(rosa -> assertThat(rosa.getJsonArray("student_ids")).hasSize(1));

    String apart = stranger.replace("Rosa Soto", "Rosa Soto Vega");
    assertThat(desk.load(HEADING + apart).getBoolean("imported")).isTrue();
    assertThat(desk.names("/guardians")).containsExactly("Rosa Soto", "Rosa Soto Vega");
  }

  @Test
  void a_new_address_beside_ones_own_pupil_holds_in_every_row_of_the_file() {
    desk.load(HEADING + ANA);
    String moved = ANA.replace("Rosa@Example.org", "nueva@example.org");
    String sister = BETO.replace(",,\n", ",nueva@example.org,\n");
    assertThat(desk.load(HEADING + sister + moved).getBoolean("imported")).isTrue();
    assertThat(desk.get("/guardians").list("items"))
        .singleElement()
        .satisfies(rosa -> assertThat(rosa.getJsonArray("student_ids")).hasSize(2));
  }

  @Test
  void namesakes_who_share_a_phone_are_told_apart_by_their_mailbox_or_not_at_all() {
    for (String mailbox : List.of("uno@example.org", "dos@example.org")) {
      desk.made(
          "/guardians",
          RosterDesk.guardian(
              "Juan Paz", RosterDesk.whatsApp("+56922222222"), RosterDesk.email(mailbox)));
    }
    String row = "7,Caro Paz,1.º A,1,,,Juan Paz,9 2222 2222,";
    assertThat(ImportTest.errors(desk.load(HEADING + row + ",\n")))
        .containsExactly("2 guardian1_name");
    assertThat(desk.load(HEADING + row + "dos@example.org,\n").getBoolean("imported")).isTrue();
    assertThat(
            desk.get("/guardians").list("items").stream()
                .filter(juan -> !juan.getJsonArray("student_ids").isEmpty()))
        .singleElement()
        .satisfies(
            juan -> assertThat(juan.getJsonArray("contacts").encode()).contains("dos@example.org"));
  }

  @Test
  void who_is_inactive_and_named_is_told_of_and_stays_so() {
    desk.load(HEADING + ANA + BETO);
    String ana = desk.get("/students?q=ana").list("items").getFirst().getString("id");
    JsonObject rosa = desk.get("/guardians").list("items").getFirst();
    JsonObject left =
        desk.pupil("1", "Ana Núñez")
            .put("status", "INACTIVE")
            .put("guardian_ids", new JsonArray().add(rosa.getString("id")));
    assertThat(desk.put("/students/" + ana, left).status()).isEqualTo(200);
    JsonObject gone =
        RosterDesk.guardian("Rosa Soto", RosterDesk.whatsApp("+56912345678"))
            .put("status", "INACTIVE");
    assertThat(desk.put("/guardians/" + rosa.getString("id"), gone).status()).isEqualTo(200);
    JsonObject report = desk.load(HEADING + ANA + BETO);
    assertThat(report.getBoolean("imported")).isTrue();
    assertThat(ImportTest.remarks(report, "notices"))
        .containsExactly("2 student_number", "2 guardian1_name", "3 guardian1_name");
    assertThat(report.getInteger("notice_count")).isEqualTo(3);
    assertThat(desk.names("/students?status=INACTIVE")).containsExactly("Ana Núñez");
    assertThat(desk.get("/guardians").list("items").getFirst().getString("status"))
        .isEqualTo("INACTIVE");
  }

  @Test
  void rows_that_say_otherwise_of_one_guardian_are_refused() {
    desk.load(HEADING + ANA + BETO);
    JsonObject report = desk.load(HEADING + ANA.replace("5678", "5679") + BETO);
    assertThat(report.getJsonArray("errors").getJsonObject(0).getInteger("row")).isEqualTo(3);
    assertThat(report.getJsonArray("errors").getJsonObject(0).getString("column"))
        .isEqualTo("guardian1_phone");
  }

  @Test
  void a_shared_phone_makes_no_family() {
    desk.load(HEADING + ANA + BETO.replace("rosa soto", "Pedro Paz"));
    assertThat(desk.names("/guardians")).containsExactly("Pedro Paz", "Rosa Soto");
  }

  @Test
  void a_phone_in_the_file_takes_the_place_of_the_one_before_and_an_empty_cell_of_none() {
    desk.load(HEADING + ANA);
    desk.load(HEADING + ANA.replace("9 1234 5678", "9 8765 4321").replace("Rosa@Example.org", ""));
    assertThat(desk.get("/guardians").list("items").getFirst().getJsonArray("contacts").encode())
        .contains("+56987654321", "rosa@example.org")
        .doesNotContain("+56912345678");
  }

  @Test
  void who_is_not_in_the_file_stays_and_who_left_does_not_come_back() {
    desk.load(HEADING + ANA + BETO);
    String ana = desk.get("/students?q=ana").list("items").getFirst().getString("id");
    JsonObject left = desk.pupil("1", "Ana Núñez").put("status", "INACTIVE");
    assertThat(desk.put("/students/" + ana, left).status()).isEqualTo(200);
    desk.load(HEADING);
    desk.load(HEADING + ANA);
    assertThat(desk.names("/students?status=ACTIVE")).containsExactly("Beto Núñez");
    assertThat(desk.names("/students?status=INACTIVE")).containsExactly("Ana Núñez");
  }
}
