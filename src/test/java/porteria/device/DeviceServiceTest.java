package porteria.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.DatabaseSettings;
import porteria.config.Secret;
import porteria.config.SecuritySettings;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Gate;
import porteria.domain.Kiosk;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.Results;
import porteria.testkit.SettableClock;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class DeviceServiceTest {

  private static final SecuritySettings SECURITY = TestSecurity.settings();

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T11:00:00Z"));
  private final String token = DeviceTokens.newToken(new SecureRandom());
  private final UUID school = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final UUID north = UUID.randomUUID();
  private final UUID south = UUID.randomUUID();
  private final Vertx vertx = Vertx.vertx();
  private Connection owner;
  private Database database;
  private DeviceService devices;

  @BeforeEach
  void open(TestServers servers) throws SQLException {
    DatabaseSettings settings = MigratedDatabase.create(servers);
    owner =
        DriverManager.getConnection(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(settings.host(), settings.port(), settings.database()),
            settings.owner().user(),
            settings.owner().password().value());
    database = Database.open(vertx, settings);
    devices = new DeviceService(database, SECURITY, clock);
    found();
  }

  @AfterEach
  void close() throws SQLException {
    owner.close();
    Results.of(database.close().compose(closed -> vertx.close()));
  }

  @Test
  void a_token_stands_for_its_kiosk_with_all_gates_of_the_school() {
    assertThat(Results.of(devices.authenticate(token)))
        .contains(
            new Kiosk(
                school,
                device,
                "DEV-1",
                ZoneId.of("America/Santiago"),
                Optional.empty(),
                Map.of(
                    "GATE-1", new Gate(north, "GATE-1", "Puerta Norte"),
                    "GATE-2", new Gate(south, "GATE-2", "Puerta Sur"))));
  }

  @Test
  void kiosks_keep_their_tokens_when_the_servers_key_is_changed() {
    SecuritySettings changed =
        TestSecurity.settings(new Secret("n".repeat(32)), List.of(TestSecurity.KEY));
    DeviceService after = new DeviceService(database, changed, clock);
    assertThat(Results.of(after.authenticate(token))).isPresent();
    DeviceService forgetful =
        new DeviceService(database, TestSecurity.settings(new Secret("n".repeat(32))), clock);
    assertThat(Results.of(forgetful.authenticate(token))).isEmpty();
  }

  @Test
  void other_text_stands_for_nobody() {
    for (String text : new String[] {"", "x", token + "x", "nul\0", "ñ".repeat(5_000)}) {
      assertThat(Results.of(devices.authenticate(text))).as(text).isEmpty();
    }
  }

  @Test
  void a_revocation_is_in_force_within_five_seconds() throws SQLException {
    assertThat(Results.of(devices.authenticate(token))).isPresent();
    execute("UPDATE device SET revoked_at = now() WHERE id = ?", device);
    clock.advance(Duration.ofMillis(4_999));
    assertThat(Results.of(devices.authenticate(token))).as("still remembered").isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(Results.of(devices.authenticate(token))).isEmpty();
  }

  @Test
  void a_kiosk_enrolled_after_its_token_was_refused_gets_in_within_five_seconds()
      throws SQLException {
    String late = DeviceTokens.newToken(new SecureRandom());
    assertThat(Results.of(devices.authenticate(late))).isEmpty();
    insertDevice(UUID.randomUUID(), "DEV-2", late);
    clock.advance(Duration.ofSeconds(5));
    assertThat(Results.of(devices.authenticate(late))).isPresent();
  }

  @Test
  void what_is_remembered_needs_no_database_and_what_is_not_fails_without_it() {
    String unknown = DeviceTokens.newToken(new SecureRandom());
    assertThat(Results.of(devices.authenticate(token))).isPresent();
    assertThat(Results.of(devices.authenticate(unknown))).isEmpty();
    Results.of(database.close());
    assertThat(devices.authenticate(token).isComplete()).isTrue();
    assertThat(Results.of(devices.authenticate(unknown))).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    assertThat(Results.failureOf(devices.authenticate(token)).kind())
        .isEqualTo(Failure.Kind.UNAVAILABLE);
  }

  @Test
  void a_school_whose_zone_cannot_be_read_does_not_lock_out_the_others() throws SQLException {
    assertThat(Results.of(devices.authenticate(token))).isPresent();
    execute("UPDATE school SET timezone = 'CLT4' WHERE id = ?", school);
    clock.advance(Duration.ofSeconds(5));
    assertThat(Results.of(devices.authenticate(token))).isEmpty();
  }

  private void found() throws SQLException {
    execute("SELECT set_config('porteria.school', ?, false)", school.toString());
    execute(
        """
        INSERT INTO school (id, slug, name, timezone, created_at)
        VALUES (?, 'a-school', 'A school', 'America/Santiago', now())
        """,
        school);
    execute(
        """
        INSERT INTO gate (school_id, id, code, name)
        VALUES (?, ?, 'GATE-1', 'Puerta Norte'), (?, ?, 'GATE-2', 'Puerta Sur')
        """,
        school,
        north,
        school,
        south);
    insertDevice(device, "DEV-1", token);
  }

  private void insertDevice(UUID id, String code, String itsToken) throws SQLException {
    execute(
        "INSERT INTO device (school_id, id, code, gate_id, token_hash) VALUES (?, ?, ?, ?, ?)",
        school,
        id,
        code,
        north,
        new DeviceTokens(List.of(TestSecurity.KEY)).hash(itsToken));
  }

  private void execute(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = owner.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
