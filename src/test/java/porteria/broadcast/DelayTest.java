package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.BroadcastPreview.Quota;
import porteria.bus.BroadcastStarted;
import porteria.bus.Bus;
import porteria.bus.ByStaff;
import porteria.bus.SendBroadcast;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.FailureException;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;

/** A broadcast to more people than WhatsApp may be sent to now. */
@ExtendWith(RunningServerExtension.class)
@Telling
class DelayTest {

  private final RunningServer server;
  private final List<String> asked = new ArrayList<>();

  /** Places for broadcasts; empty while Redis is silent, failed while nobody answers. */
  private Supplier<Future<Optional<Integer>>> left = () -> Future.succeededFuture(Optional.of(1));

  private BroadcastDesk desk;
  private Vertx vertx;
  private Database database;
  private Bus bus;

  DelayTest(RunningServer server) {
    this.server = server;
  }

  /** A node whose account has one place left for broadcasts. */
  @BeforeEach
  void open() {
    desk = new BroadcastDesk(server);
    vertx = Vertx.vertx();
    database = Database.open(vertx, server.database());
    bus = Bus.on(vertx, 8_000);
    bus.answer(
        Addresses.SENDING_QUOTA,
        query -> {
          asked.addAll(query.phones());
          return left.get()
              .map(
                  places ->
                      new Quota(
                          10,
                          places.map(free -> free + 5),
                          places,
                          places.map(free -> query.phones().size())));
        });
    vertx
        .deployVerticle(
            new BroadcastVerticle(
                bus,
                database,
                new AuditTrail(server.clock()),
                server.clock(),
                Duration.ofHours(1),
                Map.of(Channel.WHATSAPP, 1, Channel.EMAIL, 1),
                new SimpleMeterRegistry()))
        .await();
  }

  @AfterEach
  void close() {
    database.close().await();
    vertx.close().await();
    server.providers().clear();
  }

  @Test
  void it_is_sent_only_when_staff_accept_that_some_will_wait() {
    List<String> phones = desk.families(2);
    String id = desk.previewed();
    assertThatThrownBy(() -> send(id, 2, false))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("1 more people")
        .hasMessageContaining("goes to 2")
        .hasMessageContaining("accept_delay");
    assertThat(asked).containsExactlyInAnyOrder("+" + phones.get(0), "+" + phones.get(1));
    assertThat(desk.status(id)).isEqualTo("PREVIEW");
    send(id, 2, true);
    assertThat(desk.status(id)).isNotEqualTo("PREVIEW");
    asked.clear();
    send(id, 2, false);
    assertThat(asked).as("begun already").isEmpty();
  }

  @Test
  void another_count_than_expected_is_said_first() {
    desk.families(2);
    String id = desk.previewed();
    assertThatThrownBy(() -> send(id, 3, false)).hasMessageContaining("expected 3");
    assertThat(asked).isEmpty();
  }

  @Test
  void whom_it_does_hold_is_not_made_to_wait() {
    desk.families(1);
    String id = desk.previewed();
    assertThat(send(id, 1, false).toJson().containsKey("quota_unknown")).isFalse();
    assertThat(desk.status(id)).isNotEqualTo("PREVIEW");
  }

  @Test
  void what_the_day_still_holds_may_be_unknown_and_then_that_is_said() {
    desk.families(2);
    left = () -> Future.succeededFuture(Optional.empty());
    assertThat(send(desk.previewed(), 2, false).toJson().getBoolean("quota_unknown")).isTrue();
    left = () -> Future.failedFuture("nobody answers");
    String id = desk.previewed();
    assertThat(send(id, 2, false).quotaKnown()).isFalse();
    assertThat(desk.status(id)).isNotEqualTo("PREVIEW");
  }

  @Test
  void the_contract_takes_the_word_of_staff() {
    desk.families(1);
    String id = desk.previewed();
    assertThat(
            desk.post("/broadcast/send", BroadcastDesk.sending(id, 1).put("accept_delay", true))
                .status())
        .isEqualTo(202);
    JsonObject other = BroadcastDesk.sending(id, 1).put("accept_delay", "yes");
    assertThat(desk.post("/broadcast/send", other).status()).isEqualTo(400);
  }

  private BroadcastStarted send(String id, int expected, boolean acceptDelay) {
    UUID director =
        server
            .sql()
            .id(
                "SELECT id FROM staff_user WHERE school_id = ? AND role = 'DIRECTOR'",
                desk.school.id());
    ByStaff by = new ByStaff(desk.school.id(), director, Role.DIRECTOR, Optional.empty());
    return bus.request(
            Addresses.BROADCAST_SEND,
            new SendBroadcast(by, UUID.fromString(id), expected, acceptDelay))
        .await();
  }
}
