package porteria.broadcast;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** The director of a school of a test, who tells everybody, and the families who are told. */
final class BroadcastDesk {

  /** The day that is told of. */
  static final LocalDate FRIDAY = LocalDate.parse("2026-06-12");

  private static final AtomicInteger NUMBERS = new AtomicInteger(70_000_000);

  final TestSchool school;
  private final RunningServer server;

  BroadcastDesk(RunningServer server) {
    this.server = server;
    this.school = server.school();
  }

  /** A phone that nobody has; without a plus. */
  static String phone() {
    return "569" + NUMBERS.incrementAndGet();
  }

  static String mailbox() {
    return "buzon" + NUMBERS.incrementAndGet() + "@example.test";
  }

  /** A guardian who speaks Spanish and wants to be told by these channels. */
  UUID guardian(List<String> channels, TestPupil... pupils) {
    return guardian("es", channels, pupils);
  }

  UUID guardian(String language, List<String> channels, TestPupil... pupils) {
    UUID guardian =
        server
            .sql()
            .id(
                "INSERT INTO guardian (school_id, full_name, language, notification_prefs)"
                    + " VALUES (?, 'María Soto', ?, ?::jsonb) RETURNING id",
                school.id(),
                language,
                new JsonObject().put("CAMBIO_HORARIO", new JsonArray(channels)).encode());
    for (TestPupil pupil : pupils) {
      server
          .sql()
          .lines(
              "INSERT INTO student_guardian (school_id, student_id, guardian_id) VALUES (?, ?, ?)",
              school.id(),
              pupil.id(),
              guardian);
    }
    return guardian;
  }

  /** Gives a guardian a phone (without a plus) or a mailbox. */
  void contact(UUID guardian, String address) {
    boolean mail = address.contains("@");
    server
        .sql()
        .lines(
            "INSERT INTO guardian_contact (school_id, guardian_id, channel, address)"
                + " VALUES (?, ?, ?, ?)",
            school.id(),
            guardian,
            mail ? "EMAIL" : "WHATSAPP",
            mail ? address : "+" + address);
  }

  /** A guardian with a phone of their own, which is answered. */
  String family(TestPupil... pupils) {
    String phone = phone();
    contact(guardian(List.of("WHATSAPP"), pupils), phone);
    return phone;
  }

  /** So many families with a child and a phone each; the phones. */
  List<String> families(int count) {
    return IntStream.range(0, count)
        .mapToObj(each -> family(school.pupil("Hijo " + each)))
        .toList();
  }

  /** Turns an address off. */
  void suppress(String address) {
    server
        .sql()
        .lines(
            "INSERT INTO contact_suppression (school_id, channel, address, reason, since)"
                + " VALUES (?, ?, ?, 'UNSUBSCRIBED', '2026-06-01Z')",
            school.id(),
            address.contains("@") ? "EMAIL" : "WHATSAPP",
            address.contains("@") ? address : "+" + address);
  }

  /** Other hours on Friday, for the whole school. */
  static JsonObject hours() {
    return new JsonObject()
        .put("type", "CAMBIO_HORARIO")
        .put("scope", "GLOBAL")
        .put(
            "text_params",
            new JsonObject()
                .put("date", FRIDAY.toString())
                .put("out_time", "12:30")
                .put("reason", "consejo de profesores"));
  }

  static JsonObject notice(String subject, String text) {
    return new JsonObject()
        .put("type", "AVISO")
        .put("scope", "GLOBAL")
        .put("text_params", new JsonObject().put("subject", subject).put("text", text));
  }

  Reply post(String path, JsonObject body) {
    return server.post(path, school.login(Role.DIRECTOR), body);
  }

  Reply get(String path) {
    return server.get(path, school.login(Role.DIRECTOR));
  }

  Reply preview(JsonObject wanted) {
    return post("/broadcast/preview", wanted);
  }

  /** Previews other hours; the id. */
  String previewed() {
    return preview(hours()).get("broadcast_id");
  }

  Reply send(String id, int recipients) {
    return post("/broadcast/send", sending(id, recipients));
  }

  static JsonObject sending(String id, int recipients) {
    return new JsonObject().put("broadcast_id", id).put("expected_recipients", recipients);
  }

  Reply cancel(String id) {
    return post("/broadcast/" + id + "/cancel", new JsonObject());
  }

  JsonObject view(String id) {
    return get("/broadcast/" + id).json();
  }

  String status(String id) {
    return view(id).getString("status");
  }

  /** How many recipients stand so. */
  int count(String id, String status) {
    return view(id).getJsonObject("progress").getJsonObject("counts").getInteger(status, 0);
  }

  /** Texts that were read at an address, oldest first. */
  List<String> read(String address) {
    return server.providers().messages().stream()
        .filter(message -> address.equals(message.getString("to")))
        .map(message -> message.getString("text"))
        .toList();
  }

  /** How many messages each of these addresses got. */
  List<Integer> reads(List<String> addresses) {
    List<String> to =
        server.providers().messages().stream().map(message -> message.getString("to")).toList();
    return addresses.stream().map(address -> Collections.frequency(to, address)).toList();
  }
}
