package porteria.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code demo.json} says of the larger demonstration school, as an outsider needs it. */
public record DemoSchoolFile(Login inspector, List<Device> devices, List<Pupil> pupils) {

  /** Of a person. */
  public record Login(String email, String password) {}

  /** A kiosk. */
  public record Device(String deviceId, String gateId, String token) {}

  /**
   * A pupil.
   *
   * @param addresses where a scan of the card is told, once each: a phone as its digits, or a
   *     mailbox
   */
  public record Pupil(String id, String fullName, String nfcToken, Set<String> addresses) {}

  /** Reads {@code demo.json} of a data directory. */
  public static DemoSchoolFile read(Path directory) {
    JsonObject school =
        json(directory.resolve("demo.json")).getJsonArray("schools").stream()
            .map(JsonObject.class::cast)
            .filter(each -> "demo".equals(each.getString("slug")))
            .findFirst()
            .orElseThrow();
    return new DemoSchoolFile(
        inspector(school),
        list(
            school.getJsonArray("devices"),
            each ->
                new Device(
                    each.getString("device_id"),
                    each.getString("gate_id"),
                    each.getString("token"))),
        list(school.getJsonArray("students"), DemoSchoolFile::pupil));
  }

  private static Login inspector(JsonObject school) {
    return list(school.getJsonArray("staff"), Function.identity()).stream()
        .filter(each -> "INSPECTOR".equals(each.getString("role")))
        .map(each -> new Login(each.getString("email"), each.getString("password")))
        .findFirst()
        .orElseThrow();
  }

  private static Pupil pupil(JsonObject json) {
    Set<String> addresses =
        list(json.getJsonArray("guardians"), DemoSchoolFile::address).stream()
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    return new Pupil(
        json.getString("id"), json.getString("full_name"), json.getString("nfc_token"), addresses);
  }

  /** The seed's rule: WhatsApp where there is a number, else mail. */
  private static Optional<String> address(JsonObject guardian) {
    return Optional.ofNullable(guardian.getString("whatsapp"))
        .map(number -> number.substring(1))
        .or(() -> Optional.ofNullable(guardian.getString("email")));
  }

  private static <T> List<T> list(JsonArray array, Function<JsonObject, T> reading) {
    return Objects.requireNonNull(array).stream().map(JsonObject.class::cast).map(reading).toList();
  }

  private static JsonObject json(Path file) {
    try {
      return new JsonObject(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
