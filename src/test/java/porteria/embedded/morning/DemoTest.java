package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoTest {
  private static final JsonObject FILE =
      new JsonObject(
          """
          {"base_url": "http://127.0.0.1:8080", "simulator_url": "http://127.0.0.1:8089",
           "metrics_token": "m",
           "schools": [{"id": "s1", "slug": "demo", "name": "Colegio", "timezone": "America/Santiago",
             "staff": [{"role": "ADMIN", "email": "a@b.example", "password": "x"}],
             "devices": [{"device_id": "DEV-1", "gate_id": "GATE-1", "token": "t"}],
             "students": [{"id": "p1", "full_name": "Ana Soto", "course_id": "c1",
               "nfc_token": "n", "qr_token": "q",
               "guardians": [{"id": "g1", "full_name": "Eva", "whatsapp": "+569", "email": null},
                             {"id": "g2", "full_name": "Leo", "whatsapp": null, "email": null}]}]}]}
          """);

  @Test
  void it_reads_the_file_the_seed_writes() {
    Demo demo = Demo.read(FILE);

    assertThat(demo.simulatorUrl()).isEqualTo("http://127.0.0.1:8089");
    Demo.School school = demo.school("demo");
    assertThat(school.zone()).isEqualTo(ZoneId.of("America/Santiago"));
    assertThat(school.devices()).containsExactly(new Demo.Device("DEV-1", "GATE-1", "t"));
    assertThat(school.pupils().getFirst().guardians())
        .containsExactly(
            new Demo.Guardian(Optional.of("+569"), Optional.empty()),
            new Demo.Guardian(Optional.empty(), Optional.empty()));
  }

  @Test
  void it_names_what_is_missing() {
    JsonObject incomplete = FILE.copy();
    incomplete.remove("base_url");

    assertThatThrownBy(() -> Demo.read(incomplete))
        .isInstanceOf(DecodeException.class)
        .hasMessage("'base_url' is missing");
    assertThatThrownBy(() -> Demo.read(FILE).school("none"))
        .isInstanceOf(DecodeException.class)
        .hasMessage("no school 'none'");
  }
}
