package porteria.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import porteria.device.DeviceTokens;
import porteria.domain.CardTokens;
import porteria.domain.Role;
import porteria.identity.Passwords;

/**
 * A school of a {@link RunningServer}: two gates with a kiosk each, one course that begins at eight
 * on every day, one person of each role. Pupils and guardians come as the test asks for them.
 */
public final class TestSchool {

  /** Of every person of the staff. */
  public static final String PASSWORD = "una contraseña de prueba";

  private static final String PASSWORD_HASH = Passwords.hash(PASSWORD);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicInteger PHONES = new AtomicInteger(10_000_000);
  private static final Duration SESSION = Duration.ofHours(11);

  private final RunningServer server;
  private final CardTokens cards =
      new CardTokens(TestSecurity.KEY.bytes(), TestSecurity.KEY.bytes());
  private final int number;
  private final UUID id;
  private final UUID course;
  private final TestKiosk north;
  private final TestKiosk south;
  private final Map<Role, Session> sessions = new EnumMap<>(Role.class);

  private record Session(String token, Instant until) {}

  TestSchool(RunningServer server, int number, String zone, Instant founded) {
    this.server = server;
    this.number = number;
    id =
        server
            .sql()
            .id(
                "INSERT INTO school (slug, name, timezone, created_at)"
                    + " VALUES (?, ?, ?, ?) RETURNING id",
                "colegio-" + number,
                "Colegio " + number,
                zone,
                founded.atOffset(ZoneOffset.UTC));
    course = course("4.º Básico B", "08:00");
    north = kiosk("NORTE", "Puerta Norte");
    south = kiosk("SUR", "Puerta Sur");
    for (Role role : List.of(Role.TEACHER, Role.INSPECTOR, Role.DIRECTOR, Role.ADMIN)) {
      server
          .sql()
          .lines(
              "INSERT INTO staff_user (school_id, email, full_name, role, password_hash)"
                  + " VALUES (?, ?, 'Julia Paz', ?, ?)",
              id,
              email(role),
              role.name(),
              PASSWORD_HASH);
    }
  }

  public UUID id() {
    return id;
  }

  /** The school's short name. */
  public String slug() {
    return "colegio-" + number;
  }

  public UUID course() {
    return course;
  }

  /** The kiosk at the north gate. */
  public TestKiosk north() {
    return north;
  }

  /** The kiosk at the south gate. */
  public TestKiosk south() {
    return south;
  }

  /** A course that begins at this time of every day. */
  public UUID course(String name, String inTime) {
    UUID made =
        server
            .sql()
            .id(
                "INSERT INTO course (school_id, name, grade) VALUES (?, ?, '4') RETURNING id",
                id,
                name);
    server
        .sql()
        .lines(
            "INSERT INTO schedule (school_id, course_id, weekday, in_time, out_time)"
                + " SELECT ?, ?, weekday, ?::time, '23:00' FROM generate_series(0, 6) weekday",
            id,
            made,
            inTime);
    return made;
  }

  /** A pupil of the first course with an NFC and a QR card. */
  public TestPupil pupil(String fullName) {
    return pupil(fullName, course);
  }

  public TestPupil pupil(String fullName, UUID inCourse) {
    UUID pupil =
        server
            .sql()
            .id(
                "INSERT INTO student (school_id, full_name, course_id) VALUES (?, ?, ?)"
                    + " RETURNING id",
                id,
                fullName,
                inCourse);
    return new TestPupil(pupil, fullName, card(pupil, "NFC"), card(pupil, "QR"));
  }

  /** A guardian of a pupil who is told of everything by WhatsApp; the phone without a plus. */
  public String guardianOf(TestPupil pupil) {
    String phone = "569" + PHONES.incrementAndGet();
    guardianOf(pupil, phone, "María Soto");
    return phone;
  }

  /** The same, of whoever wants to know who is missing too; the phone without a plus. */
  public String watchfulGuardianOf(TestPupil... pupils) {
    String phone = "569" + PHONES.incrementAndGet();
    watchfulGuardianOf(phone, pupils);
    return phone;
  }

  /** A guardian with this phone who wants to know when one of these pupils is missing. */
  public void watchfulGuardianOf(String phone, TestPupil... pupils) {
    TestParent parent = guardianOf(pupils[0], phone, "María Soto");
    for (TestPupil sibling : List.of(pupils).subList(1, pupils.length)) {
      link(sibling, parent);
    }
    server
        .sql()
        .lines(
            "UPDATE guardian SET notification_prefs = notification_prefs"
                + " || '{\"NO_INGRESO_UMBRAL\":[\"WHATSAPP\"]}' WHERE id = ?",
            parent.id());
  }

  private void link(TestPupil pupil, TestParent parent) {
    server
        .sql()
        .lines(
            "INSERT INTO student_guardian (school_id, student_id, guardian_id) VALUES (?, ?, ?)",
            id,
            pupil.id(),
            parent.id());
  }

  /** A guardian of a pupil with this phone, which may be another guardian's too. */
  public TestParent guardianOf(TestPupil pupil, String phone, String name) {
    UUID guardian =
        server
            .sql()
            .id(
                "INSERT INTO guardian (school_id, full_name, notification_prefs) VALUES (?,"
                    + " ?, '{\"INGRESO_OK\":[\"WHATSAPP\"],\"SALIDA_OK\":[\"WHATSAPP\"]}')"
                    + " RETURNING id",
                id,
                name);
    server
        .sql()
        .lines(
            "INSERT INTO guardian_contact (school_id, guardian_id, channel, address)"
                + " VALUES (?, ?, 'WHATSAPP', ?)",
            id,
            guardian,
            "+" + phone);
    server
        .sql()
        .lines(
            "INSERT INTO student_guardian (school_id, student_id, guardian_id) VALUES (?, ?, ?)",
            id,
            pupil.id(),
            guardian);
    return new TestParent(server, this, guardian, phone);
  }

  /** Gives a guardian a mailbox, by which they want to be told when the phone is not written to. */
  public String mailbox(TestParent parent) {
    String mailbox = "familia" + PHONES.incrementAndGet() + "@example.test";
    server
        .sql()
        .lines(
            "INSERT INTO guardian_contact (school_id, guardian_id, channel, address)"
                + " VALUES (?, ?, 'EMAIL', ?)",
            id,
            parent.id(),
            mailbox);
    server
        .sql()
        .lines(
            "UPDATE guardian SET notification_prefs = '{\"INGRESO_OK\":[\"WHATSAPP\",\"EMAIL\"],"
                + "\"SALIDA_OK\":[\"WHATSAPP\",\"EMAIL\"]}' WHERE id = ?",
            parent.id());
    return mailbox;
  }

  /** A guardian of a pupil who is told by mail alone; the mailbox. */
  public String readerOf(TestPupil pupil) {
    TestParent reader = guardianOf(pupil, "569" + PHONES.incrementAndGet(), "Rosa Vidal");
    server
        .sql()
        .lines(
            "DELETE FROM guardian_contact WHERE guardian_id = ? AND channel = 'WHATSAPP'",
            reader.id());
    return mailbox(reader);
  }

  /** A guardian of pupils with a phone of their own. */
  public TestParent parentOf(TestPupil... pupils) {
    TestParent parent = guardianOf(pupils[0], "569" + PHONES.incrementAndGet(), "María Soto");
    for (TestPupil sibling : List.of(pupils).subList(1, pupils.length)) {
      link(sibling, parent);
    }
    return parent;
  }

  /** Revokes a pupil's cards as of a time. */
  public void revokeCards(TestPupil pupil, Instant at) {
    server
        .sql()
        .lines(
            "UPDATE tag SET revoked_at = ? WHERE student_id = ?",
            at.atOffset(ZoneOffset.UTC),
            pupil.id());
  }

  /** Makes a pupil inactive as of a time. */
  public void deactivate(TestPupil pupil, Instant at) {
    server
        .sql()
        .lines(
            "UPDATE student SET inactive_since = ? WHERE id = ?",
            at.atOffset(ZoneOffset.UTC),
            pupil.id());
  }

  /** A signed QR of a pupil that is good until then. */
  public String ephemeralQr(TestPupil pupil, Instant until) {
    return cards.ephemeral(id, pupil.id(), until);
  }

  /** The signature that a sticker's URI may carry. */
  public String signature(String token) {
    return cards.signature(token);
  }

  /** The access token of the person of this role, signed in over HTTP when there is none good. */
  public String login(Role role) {
    Session session = sessions.get(role);
    Instant now = server.now();
    if (session == null || !session.until().isAfter(now)) {
      Reply reply = signIn(role);
      session = new Session(reply.get("access_token"), now.plus(SESSION));
      sessions.put(role, session);
    }
    return session.token();
  }

  /** Signs the person of this role in anew. */
  public Reply signIn(Role role) {
    return server.post(
        "/auth/login",
        "none",
        new JsonObject().put("email", email(role)).put("password", PASSWORD));
  }

  /** Reads as the inspector. */
  public Reply get(String path) {
    return server.get(path, login(Role.INSPECTOR));
  }

  /** The day's totals and the courses' counts, without the numbers of changes. */
  public JsonObject totals() {
    return get("/attendance/day").json().getJsonObject("totals");
  }

  /** Every event of the school, newest first, as the inspector sees them. */
  public List<JsonObject> events() {
    return get("/attendance/events?limit=200").list("items");
  }

  /** Every refused scan of the school, newest first, as the inspector sees them. */
  public List<JsonObject> rejections() {
    return get("/attendance/rejections?limit=200").list("items");
  }

  /** How many entries and exits families are owed word of, where nobody sends. */
  public long announced() {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM announcement WHERE school_id = ? AND cause NOT LIKE 'NO_SHOW%'",
            id);
  }

  private TestKiosk kiosk(String gateCode, String gateName) {
    UUID gate =
        server
            .sql()
            .id(
                "INSERT INTO gate (school_id, code, name) VALUES (?, ?, ?) RETURNING id",
                id,
                gateCode,
                gateName);
    String token = DeviceTokens.newToken(RANDOM);
    String code = "KIOSCO-" + gateCode;
    UUID device =
        server
            .sql()
            .id(
                "INSERT INTO device (school_id, code, gate_id, token_hash) VALUES (?, ?, ?, ?)"
                    + " RETURNING id",
                id,
                code,
                gate,
                new DeviceTokens(List.of(TestSecurity.KEY)).hash(token));
    return new TestKiosk(server, device, code, gateCode, token);
  }

  private String card(UUID pupil, String kind) {
    String token = CardTokens.newToken(RANDOM);
    server
        .sql()
        .lines(
            "INSERT INTO tag (school_id, student_id, kind, token_hash, created_at)"
                + " VALUES (?, ?, ?, ?, '2026-01-01Z')",
            id,
            pupil,
            kind,
            cards.hash(token));
    return token;
  }

  /** An address that nobody else has, so that no test slows down another. */
  public String address() {
    return "10.2.%d.%d".formatted(number / 256, number % 256);
  }

  public String email(Role role) {
    return role.name().toLowerCase(Locale.ROOT) + ".colegio-" + number + "@example.test";
  }

  /** The id of a broadcast to one family that nobody has sent. */
  public String previewToOneFamily() {
    guardianOf(pupil("Ana Rojas"));
    server
        .sql()
        .lines(
            "UPDATE guardian SET notification_prefs = '{\"CAMBIO_HORARIO\":[\"WHATSAPP\"]}'"
                + " WHERE school_id = ?",
            id);
    Reply preview =
        server.post(
            "/broadcast/preview",
            login(Role.DIRECTOR),
            new JsonObject()
                .put("scope", "GLOBAL")
                .put("type", "CAMBIO_HORARIO")
                .put(
                    "text_params",
                    new JsonObject()
                        .put("date", "2026-06-12")
                        .put("out_time", "12:30")
                        .put("reason", "consejo de profesores")));
    assertThat(preview.json().getInteger("recipients")).as(preview.text()).isEqualTo(1);
    return preview.get("broadcast_id");
  }
}
