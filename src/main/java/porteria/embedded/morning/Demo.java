package porteria.embedded.morning;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code demo.json} says that a kiosk and a judge need to know.
 *
 * @param baseUrl where the server listens, without a path
 * @param simulatorUrl where the provider simulator listens
 */
record Demo(String baseUrl, String simulatorUrl, List<School> schools) {
  record School(
      String slug, ZoneId zone, List<Staff> staff, List<Device> devices, List<Pupil> pupils) {

    /**
     * Somebody of a role.
     *
     * @throws DecodeException when there is nobody
     */
    Staff staff(String role) {
      return staff.stream()
          .filter(each -> each.role().equals(role))
          .findFirst()
          .orElseThrow(() -> new DecodeException("no " + role));
    }
  }

  /** Somebody who signs in. */
  record Staff(String role, String email, String password) {
    /** The password stays out of logs. */
    @Override
    public String toString() {
      return "Staff[" + role + "]";
    }
  }

  /** A kiosk and the gate it stands at, by the ids of the public contract. */
  record Device(String deviceId, String gateId, String token) {}

  record Pupil(
      String id,
      String fullName,
      String courseId,
      String nfcToken,
      String qrToken,
      List<Guardian> guardians) {}

  /** Where a guardian can be reached. */
  record Guardian(Optional<String> whatsApp, Optional<String> email) {}

  /**
   * @throws IOException when there is no such file, or it may not be read
   * @throws DecodeException when it does not hold what it should
   */
  static Demo read(Path file) throws IOException {
    return read(new JsonObject(Files.readString(file)));
  }

  /**
   * @throws DecodeException when something is missing
   */
  static Demo read(JsonObject json) {
    return new Demo(
        string(json, "base_url"),
        string(json, "simulator_url"),
        items(json, "schools").map(Demo::school).toList());
  }

  /**
   * The school with this slug.
   *
   * @throws DecodeException when there is none
   */
  School school(String slug) {
    return schools.stream()
        .filter(school -> school.slug().equals(slug))
        .findFirst()
        .orElseThrow(() -> new DecodeException("no school '" + slug + "'"));
  }

  private static School school(JsonObject json) {
    return new School(
        string(json, "slug"),
        ZoneId.of(string(json, "timezone")),
        items(json, "staff").map(Demo::staff).toList(),
        items(json, "devices").map(Demo::device).toList(),
        items(json, "students").map(Demo::pupil).toList());
  }

  private static Staff staff(JsonObject json) {
    return new Staff(string(json, "role"), string(json, "email"), string(json, "password"));
  }

  private static Device device(JsonObject json) {
    return new Device(string(json, "device_id"), string(json, "gate_id"), string(json, "token"));
  }

  private static Pupil pupil(JsonObject json) {
    return new Pupil(
        string(json, "id"),
        string(json, "full_name"),
        string(json, "course_id"),
        string(json, "nfc_token"),
        string(json, "qr_token"),
        items(json, "guardians").map(Demo::guardian).toList());
  }

  private static Guardian guardian(JsonObject json) {
    return new Guardian(
        Optional.ofNullable(json.getString("whatsapp")),
        Optional.ofNullable(json.getString("email")));
  }

  private static String string(JsonObject json, String key) {
    return Optional.ofNullable(json.getString(key))
        .orElseThrow(() -> new DecodeException("'" + key + "' is missing"));
  }

  private static Stream<JsonObject> items(JsonObject json, String key) {
    return Optional.ofNullable(json.getJsonArray(key)).stream()
        .flatMap(JsonArray::stream)
        .map(JsonObject.class::cast);
  }
}
