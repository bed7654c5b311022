package porteria.embedded.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import porteria.config.Secret;
import porteria.embedded.demo.DemoSchool.Gate;
import porteria.embedded.demo.DemoSchool.Guardian;
import porteria.embedded.demo.DemoSchool.Pupil;
import porteria.embedded.demo.DemoSchool.Staff;

/**
 * {@code demo.json}: where the demonstration runs and every credential of its schools, for people
 * and programs that try it. Only its owner may read it. Blocking.
 *
 * <pre>
 * {base_url, simulator_url, metrics_token,
 *  schools: [{id, slug, name, timezone,
 *    staff: [{role, email, password}],
 *    devices: [{device_id, gate_id, token}],
 *    students: [{id, full_name, course_id, nfc_token, qr_token,
 *      guardians: [{id, full_name, whatsapp, email}]}]}]}
 * </pre>
 *
 * {@code whatsapp} and {@code email} are null where a guardian has none.
 */
public final class DemoFile {

  private static final String FILE = "demo.json";

  private final Path file;

  public DemoFile(Path dataDirectory) {
    this.file = dataDirectory.resolve(FILE);
  }

  public Path path() {
    return file;
  }

  /** Writes the schools just made; where the server is found is told later. */
  void begin(List<DemoSchool> schools) {
    write(
        new JsonObject()
            .put("base_url", "")
            .put("simulator_url", "")
            .put("metrics_token", "")
            .put("schools", array(schools, DemoFile::school)));
  }

  /**
   * Tells where the server runs this time; the schools stay as they are.
   *
   * @throws IllegalStateException when the schools are planted and their file is gone or spoilt:
   *     their tokens are kept nowhere else
   */
  public void refresh(URI baseUrl, URI simulatorUrl, Secret metricsToken) {
    write(
        read()
            .put("base_url", baseUrl.toString())
            .put("simulator_url", simulatorUrl.toString())
            .put("metrics_token", metricsToken.value()));
  }

  /** What the file holds; see {@link #refresh} for when there is none. */
  public JsonObject read() {
    try {
      return new JsonObject(Files.readString(file));
    } catch (IOException | DecodeException e) {
      throw new IllegalStateException(
          file
              + " cannot be read, and the credentials of the demonstration schools are only there:"
              + " put it back, or delete the data directory to begin anew",
          e);
    }
  }

  private void write(JsonObject content) {
    PrivateFile.write(file, content.encodePrettily() + "\n");
  }

  private static JsonObject school(DemoSchool school) {
    return new JsonObject()
        .put("id", school.id().toString())
        .put("slug", school.slug())
        .put("name", school.name())
        .put("timezone", school.zone().getId())
        .put("staff", array(school.staff(), DemoFile::staff))
        .put("devices", array(school.gates(), DemoFile::device))
        .put("students", array(school.pupils(), DemoFile::pupil));
  }

  private static JsonObject staff(Staff staff) {
    return new JsonObject()
        .put("role", staff.role().name())
        .put("email", staff.email())
        .put("password", staff.password());
  }

  private static JsonObject device(Gate gate) {
    return new JsonObject()
        .put("device_id", gate.kioskCode())
        .put("gate_id", gate.code())
        .put("token", gate.kioskToken());
  }

  private static JsonObject pupil(Pupil pupil) {
    return new JsonObject()
        .put("id", pupil.id().toString())
        .put("full_name", pupil.fullName())
        .put("course_id", pupil.courseId().toString())
        .put("nfc_token", pupil.nfcToken())
        .put("qr_token", pupil.qrToken())
        .put("guardians", array(pupil.guardians(), DemoFile::guardian));
  }

  private static JsonObject guardian(Guardian guardian) {
    return new JsonObject()
        .put("id", guardian.id().toString())
        .put("full_name", guardian.fullName())
        .put("whatsapp", orNull(guardian.whatsApp()))
        .put("email", orNull(guardian.email()));
  }

  private static @Nullable String orNull(Optional<String> text) {
    return text.orElse(null);
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
    return new JsonArray(items.stream().map(json).toList());
  }
}
