package porteria.embedded.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import porteria.audit.AuditTrail;
import porteria.config.DatabaseSettings;
import porteria.config.Secret;
import porteria.config.SecuritySettings;
import porteria.db.Database;
import porteria.device.DeviceService;
import porteria.domain.CardTokens;
import porteria.domain.Failure;
import porteria.domain.Kiosk;
import porteria.domain.Role;
import porteria.identity.AccessToken;
import porteria.identity.AccessTokens;
import porteria.identity.Passwords;
import porteria.identity.SecondFactor;
import porteria.identity.SessionService;
import porteria.identity.SignIn;
import porteria.identity.SignedIn;
import porteria.identity.StaffAccounts;
import porteria.identity.StaffService;
import porteria.identity.StaffSession;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.Results;
import porteria.testkit.SettableClock;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** The seed, and what it is for: its kiosks and its staff get in with what the file says. */
@ExtendWith({TestServersExtension.class, VertxExtension.class})
class DemoSeedTest {

  private static final SecuritySettings SECURITY = TestSecurity.settings();
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-03-02T11:00:00Z"));

  @TempDir private static Path directory;

  private static Vertx vertx;
  private static Database database;
  private static DatabaseSettings settings;
  private static DemoFile file;

  @BeforeAll
  static void plant(TestServers servers) {
    settings = MigratedDatabase.create(servers);
    vertx = Vertx.vertx();
    database = Database.open(vertx, settings);
    file = new DemoFile(directory);
    assertThat(new DemoSeed(settings, SECURITY, CLOCK).plant(file)).isTrue();
  }

  @AfterAll
  static void close() {
    Results.of(database.close().compose(closed -> vertx.close()));
  }

  @Test
  void it_is_planted_once() throws Exception {
    String before = Files.readString(file.path());
    assertThat(new DemoSeed(settings, SECURITY, CLOCK).plant(file)).isFalse();
    assertThat(Files.readString(file.path())).isEqualTo(before);
    assertThat(count("SELECT count(*) FROM school")).isEqualTo(2);
  }

  @Test
  void the_schools_have_the_agreed_sizes() {
    assertThat(school("demo").getString("name")).isEqualTo("Colegio Los Aromos");
    assertThat(school("demo").getString("timezone")).isEqualTo("America/Santiago");
    assertThat(pupils("demo")).hasSize(600);
    assertThat(courseSizes("demo")).hasSize(20).containsOnly(30L);
    assertThat(guardians("demo")).hasSizeBetween(850, 950);
    assertThat(school("demo").getJsonArray("devices")).hasSize(3);
    assertThat(school("other").getString("timezone")).isEqualTo("Europe/Madrid");
    assertThat(pupils("other")).hasSize(60);
    assertThat(courseSizes("other")).hasSize(4).containsOnly(15L);
    assertThat(school("other").getJsonArray("devices")).hasSize(1);
  }

  @Test
  void families_are_as_various_as_in_life() {
    Map<String, Integer> children = new HashMap<>();
    Set<String> phones = new HashSet<>();
    int sharedInFamily = 0;
    for (JsonObject pupil : pupils("demo")) {
      List<JsonObject> guardians = objects(pupil.getJsonArray("guardians")).toList();
      assertThat(guardians).isNotEmpty();
      guardians.forEach(g -> children.merge(g.getString("id"), 1, Integer::sum));
      List<String> numbers =
          guardians.stream().map(DemoSeedTest::phone).filter(number -> !number.isEmpty()).toList();
      sharedInFamily += numbers.size() > new HashSet<>(numbers).size() ? 1 : 0;
    }
    guardians("demo").values().forEach(g -> phones.add(phone(g)));
    assertThat(children.values()).contains(1, 2, 3);
    assertThat(sharedInFamily).isBetween(10, 120);
    assertThat(kinds()).containsOnlyKeys("both", "phone", "mail", "none");
    assertThat(kinds().get("none")).isBetween(10L, 100L);
    assertThat(phones).allMatch(number -> number.isEmpty() || number.matches("\\+5690000\\d{4}"));
    assertThat(strangersWithOnePhone()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void the_rows_are_those_of_the_file() {
    assertThat(count("SELECT count(*) FROM student")).isEqualTo(660);
    assertThat(count("SELECT count(*) FROM guardian"))
        .isEqualTo(guardians("demo").size() + guardians("other").size());
    assertThat(count("SELECT count(*) FROM tag")).isEqualTo(2 * 660);
    assertThat(count("SELECT count(*) FROM live_sequence")).isEqualTo(2);
    assertThat(countIn("demo", "SELECT count(*) FROM consent WHERE 'PHOTO' = ANY (scopes)"))
        .as("a third of the pupils may be photographed")
        .isEqualTo(200);
    assertThat(count("SELECT count(*) FROM school WHERE photos_allowed")).isEqualTo(2);
    JsonObject pupil = pupils("demo").getFirst();
    assertThat(
            count(
                """
                SELECT count(*) FROM student_guardian JOIN guardian_contact c USING (guardian_id)
                WHERE student_id = $1
                """,
                UUID.fromString(pupil.getString("id"))))
        .isEqualTo(
            objects(pupil.getJsonArray("guardians"))
                .mapToInt(g -> (phone(g).isEmpty() ? 0 : 1) + (mail(g).isEmpty() ? 0 : 1))
                .sum());
  }

  @Test
  void every_card_is_stored_under_the_hash_that_scans_look_for() {
    CardTokens cards = new CardTokens(TestSecurity.KEY.bytes(), TestSecurity.KEY.bytes());
    JsonObject pupil = pupils("other").getLast();
    for (String kind : List.of("nfc", "qr")) {
      byte[] hash = cards.hash(pupil.getString(kind + "_token"));
      Row row =
          Results.of(
                  database.workerQuery(
                      "SELECT student_id, kind FROM tag WHERE token_hash = $1",
                      Tuple.of(Buffer.buffer(hash))))
              .iterator()
              .next();
      assertThat(row.getUUID("student_id")).hasToString(pupil.getString("id"));
      assertThat(row.getString("kind")).isEqualToIgnoringCase(kind);
    }
  }

  @Test
  void there_are_classes_on_every_day_of_the_week() {
    UUID school = UUID.fromString(school("demo").getString("id"));
    long hours =
        Results.of(
            database.inSchool(
                school,
                connection ->
                    connection
                        .query("SELECT count(*) FROM schedule WHERE in_time IN ('08:00', '08:15')")
                        .execute()
                        .map(rows -> rows.iterator().next().getLong(0))));
    assertThat(hours).isEqualTo(20 * 7);
  }

  @Test
  void its_kiosks_get_in() {
    DeviceService devices = new DeviceService(database, SECURITY, CLOCK);
    JsonObject device = school("demo").getJsonArray("devices").getJsonObject(1);
    Kiosk kiosk = Results.of(devices.authenticate(device.getString("token"))).orElseThrow();
    assertThat(kiosk.code()).isEqualTo(device.getString("device_id")).isEqualTo("DEV-2");
    assertThat(kiosk.schoolId()).hasToString(school("demo").getString("id"));
    assertThat(kiosk.gates()).containsOnlyKeys("GATE-1", "GATE-2", "GATE-3");
    assertThat(kiosk.gates().get(device.getString("gate_id"))).isNotNull();
  }

  @Test
  void its_staff_signs_in() {
    AccessTokens tokens = new AccessTokens(SECURITY, CLOCK);
    StaffService staff = staff(tokens);
    for (JsonObject person : objects(school("demo").getJsonArray("staff")).toList()) {
      String password = person.getString("password");
      assertThat(password).hasSizeGreaterThanOrEqualTo(16);
      AccessToken token =
          Results.of(
                  login(staff, " " + person.getString("email").toUpperCase(Locale.ROOT), password))
              .access();
      StaffSession session = tokens.verify(token.value()).orElseThrow();
      assertThat(session.role()).isEqualTo(Role.valueOf(person.getString("role")));
      assertThat(session.schoolId()).hasToString(school("demo").getString("id"));
      assertThat(session.name()).contains(" ");
    }
  }

  private static Future<SignedIn> login(StaffService staff, String email, String password) {
    return staff.login(new SignIn(email, password, "127.0.0.1"));
  }

  private StaffService staff(AccessTokens tokens) {
    AuditTrail trail = new AuditTrail(CLOCK);
    Passwords passwords = new Passwords(vertx);
    SessionService sessions = new SessionService(database, trail, SECURITY, tokens, CLOCK);
    return new StaffService(
        database,
        passwords,
        sessions,
        new StaffAccounts(database, trail, passwords, CLOCK),
        new SecondFactor(database, trail, sessions, SECURITY, CLOCK),
        SECURITY,
        CLOCK);
  }

  @Test
  void a_wrong_password_and_an_unknown_mailbox_are_refused_alike() {
    StaffService staff = staff(new AccessTokens(SECURITY, CLOCK));
    String known = school("demo").getJsonArray("staff").getJsonObject(0).getString("email");
    Failure wrong = Results.failureOf(login(staff, known, "wrong"));
    assertThat(wrong.kind()).isEqualTo(Failure.Kind.UNAUTHENTICATED);
    assertThat(wrong.detail()).isEqualTo("email or password is not right");
    assertThat(Results.failureOf(login(staff, "nobody@example.test", "wrong"))).isEqualTo(wrong);
    assertThat(Results.failureOf(login(staff, "nul\0@example.test", "wrong"))).isEqualTo(wrong);
  }

  @Test
  void the_file_is_its_owners_alone_and_tells_where_the_server_runs_now() throws Exception {
    JsonArray before = file.read().getJsonArray("schools");
    file.refresh(
        URI.create("http://localhost:1234"), URI.create("http://localhost:5678"), new Secret("m"));
    JsonObject content = file.read();
    assertThat(content.getString("base_url")).isEqualTo("http://localhost:1234");
    assertThat(content.getString("simulator_url")).isEqualTo("http://localhost:5678");
    assertThat(content.getString("metrics_token")).isEqualTo("m");
    assertThat(content.getJsonArray("schools")).isEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file.path());
    }
  }

  private static JsonObject school(String slug) {
    return objects(file.read().getJsonArray("schools"))
        .filter(school -> school.getString("slug").equals(slug))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonObject> pupils(String slug) {
    return objects(school(slug).getJsonArray("students")).toList();
  }

  private static Map<String, JsonObject> guardians(String slug) {
    Map<String, JsonObject> guardians = new HashMap<>();
    pupils(slug).stream()
        .flatMap(pupil -> objects(pupil.getJsonArray("guardians")))
        .forEach(guardian -> guardians.put(guardian.getString("id"), guardian));
    return guardians;
  }

  private static List<Long> courseSizes(String slug) {
    Map<String, Long> sizes = new HashMap<>();
    pupils(slug).forEach(pupil -> sizes.merge(pupil.getString("course_id"), 1L, Long::sum));
    return List.copyOf(sizes.values());
  }

  private static Map<String, Long> kinds() {
    Map<String, Long> kinds = new HashMap<>();
    for (JsonObject guardian : guardians("demo").values()) {
      String kind = mail(guardian).isEmpty() ? "none" : "mail";
      if (!phone(guardian).isEmpty()) {
        kind = mail(guardian).isEmpty() ? "phone" : "both";
      }
      kinds.merge(kind, 1L, Long::sum);
    }
    return kinds;
  }

  /** Phones that guardians of different children have. */
  private static long strangersWithOnePhone() {
    Map<String, Set<String>> familiesOfPhone = new HashMap<>();
    for (JsonObject pupil : pupils("demo")) {
      String family =
          objects(pupil.getJsonArray("guardians")).findFirst().orElseThrow().getString("id");
      objects(pupil.getJsonArray("guardians"))
          .map(DemoSeedTest::phone)
          .filter(number -> !number.isEmpty())
          .forEach(n -> familiesOfPhone.computeIfAbsent(n, x -> new HashSet<>()).add(family));
    }
    return familiesOfPhone.values().stream().filter(families -> families.size() > 1).count();
  }

  private static String phone(JsonObject guardian) {
    assertThat(guardian.containsKey("whatsapp")).isTrue();
    return guardian.getValue("whatsapp") instanceof String number ? number : "";
  }

  private static String mail(JsonObject guardian) {
    assertThat(guardian.containsKey("email")).isTrue();
    return guardian.getValue("email") instanceof String mail ? mail : "";
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  private static long countIn(String slug, String sql) {
    UUID school = UUID.fromString(school(slug).getString("id"));
    return Results.of(database.inSchool(school, connection -> connection.query(sql).execute()))
        .iterator()
        .next()
        .getLong(0);
  }

  private static long count(String sql, Object... parameters) {
    return Results.of(database.workerQuery(sql, Tuple.from(parameters)))
        .iterator()
        .next()
        .getLong(0);
  }
}
