package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.NotificationDue;
import porteria.bus.NotificationQueued;
import porteria.config.NotificationSettings;
import porteria.config.WhatsAppSettings;
import porteria.domain.MessageKey;
import porteria.notification.SchoolRecords.School;
import porteria.testkit.RunningProviders;
import porteria.testkit.SettableClock;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;

/** Senders beside a real database, Redis, and providers that speak HTTP; and a pupil to tell of. */
final class SendingStage implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  static final Duration LEASE = Duration.ofSeconds(20);

  /** For the provider's word about what nobody knows. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Real time, unlike the others: a busy machine may take long to answer a call, or to count. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  static final Duration FALLBACK_AFTER = Duration.ofMinutes(5);
  static final Duration STALE_AFTER = Duration.ofHours(2);

  /** So seldom that only hints are at work. */
  static final Duration SELDOM = Duration.ofMinutes(1);

  static final Duration OFTEN = Duration.ofMillis(50);

  final SendingDatabase sending;
  final SchoolRecords records;
  final RunningProviders providers;
  final Bus bus;
  final Redis redis;
  final List<String> deployed = new ArrayList<>();
  SettableClock clock = new SettableClock(NOW);
  School school;
  UUID ana;

  SendingStage(TestServers servers) throws SQLException {
    sending = new SendingDatabase(servers);
    records = sending.records;
    providers = new RunningProviders(sending.vertx);
    bus = Bus.on(sending.vertx, 1_000);
    redis = Redis.createClient(sending.vertx, servers.freshRedis().uri());
    school = records.school("America/Santiago");
    ana = records.student(school, "Ana Rojas");
  }

  /** Nothing owed, nobody told, nothing counted. */
  void prepare() {
    clock = new SettableClock(NOW);
    records.clear();
    providers.clear();
    redis.send(Request.cmd(Command.FLUSHALL)).await();
    school = records.school("America/Santiago");
    ana = records.student(school, "Ana Rojas");
  }

  UUID contact(String language, String channels, String... addresses) {
    UUID guardian = records.guardian(school, language, channels, ana);
    for (String address : addresses) {
      records.contact(school, guardian, address);
    }
    return guardian;
  }

  /** Ana passed the gate half a minute ago. */
  UUID scan(String type) {
    UUID event = records.scan(school, ana, type, clock.instant().minusSeconds(30));
    hint();
    return event;
  }

  void hint() {
    bus.publish(Addresses.NOTIFICATION_DUE, new NotificationDue());
    bus.publish(Addresses.NOTIFICATION_QUEUED, new NotificationQueued());
  }

  void deploy(Duration poll) {
    deploy(poll, providers.whatsApp());
  }

  void deploy(Duration poll, WhatsAppSettings whatsApp) {
    NotificationSettings settings = settings(poll);
    NotificationVerticle verticle =
        new NotificationVerticle(
            settings,
            whatsApp,
            providers.email(),
            sending.database,
            bus,
            clock,
            new SendingLimits(settings, new SimpleMeterRegistry()),
            redis,
            CALL_TIMEOUT,
            new MessageKey(TestSecurity.KEY.bytes()),
            SendingDatabase.LINKS,
            SendingDatabase.UNSUBSCRIBING,
            true,
            new AuditTrail(clock));
    deployed.add(sending.vertx.deployVerticle(verticle).await());
  }

  /** What a verticle does between its channels, by statements of the test's own. */
  NotificationService service(Statements statements) {
    NotificationRepository rows =
        new NotificationRepository(
            statements, statements, statements, STALE_AFTER, SendingDatabase.FACTS);
    return new NotificationService(
        sending.vertx,
        rows,
        new Upkeep(statements, sending.database, settings(OFTEN), SendingDatabase.NO_ROOM, true),
        new SendingPauses(rows, bus, clock),
        clock);
  }

  private static NotificationSettings settings(Duration poll) {
    return new NotificationSettings(
        STALE_AFTER, 8, CALL_TIMEOUT, LEASE, poll, PATIENCE, FALLBACK_AFTER);
  }

  void undeploy() {
    providers.recover();
    deployed.forEach(id -> sending.vertx.undeploy(id).await());
    deployed.clear();
  }

  void awaitStatus(String... statuses) {
    awaitLines("SELECT status FROM notification", statuses);
  }

  /** Waits until a query's rows are these, in whatever order. */
  void awaitLines(String sql, String... lines) {
    await().untilAsserted(() -> assertThat(records.lines(sql)).containsExactlyInAnyOrder(lines));
  }

  @Override
  public void close() throws SQLException {
    providers.close();
    redis.close().await();
    sending.close();
  }
}
