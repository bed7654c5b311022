package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import porteria.domain.RejectionReason;
import porteria.domain.ScanType;

class KioskTest {
  private static final RetryRules QUICK =
      new RetryRules(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(30));

  private final Demo.School school = SmallSchool.of(10);
  private final FakeServer server = new FakeServer(school);
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private final Kiosk kiosk =
      new Kiosk(
          vertx,
          new KioskLine(WebClient.create(vertx), server.url(), "token-1", QUICK.timeout()),
          QUICK,
          school.devices().getFirst(),
          InstantSource.system(),
          Duration.ZERO,
          100,
          7,
          deliveries::add,
          broken::add);

  @AfterEach
  void stop() {
    vertx.close().await();
    server.close();
    assertThat(broken).isEmpty();
  }

  @Test
  void a_scan_the_server_cannot_take_now_is_sent_again_under_its_number() {
    server.troubles.addAll(
        List.of(FakeServer.Trouble.BUSY, FakeServer.Trouble.TOO_MANY, FakeServer.Trouble.BROKEN));

    run(() -> kiosk.tap(tap(1)));

    Delivery delivery = onlyDelivery();
    assertThat(delivery.answer()).isInstanceOf(Answer.Accepted.class);
    assertThat(delivery.sent()).hasSize(4);
    assertThat(server.requests).hasSize(4).allSatisfy(body -> assertThat(seq(body)).isEqualTo(100));
    assertThat(server.requests)
        .extracting(body -> body.getString("captured_at"))
        .containsOnly(Scan.time(delivery.scan().capturedAt()));
    assertThat(AnswerCheck.mistakes(delivery)).isEmpty();
  }

  @Test
  void a_refused_scan_is_not_sent_again() {
    run(() -> kiosk.tap(new Tap(Duration.ZERO, 0, Card.unknown("nobody"), ScanType.IN)));
    run(() -> kiosk.tap(tap(1)));

    await().until(() -> deliveries.size() == 2);
    assertThat(deliveries.getFirst().answer())
        .isEqualTo(new Answer.Rejected(RejectionReason.UNKNOWN_TOKEN, false));
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void a_scan_whose_answer_was_lost_comes_back_as_a_duplicate() {
    server.troubles.add(FakeServer.Trouble.ANSWER_LOST);

    run(() -> kiosk.tap(tap(1)));

    Delivery delivery = onlyDelivery();
    assertThat(delivery.answer())
        .isInstanceOfSatisfying(
            Answer.Accepted.class, answer -> assertThat(answer.duplicate()).isTrue());
    assertThat(delivery.recordedFrom()).isEqualTo(delivery.sent().getFirst());
    assertThat(AnswerCheck.mistakes(delivery)).isEmpty();
  }

  @Test
  void a_replay_is_recognised_and_a_number_used_again_is_a_conflict() {
    run(() -> kiosk.tap(tap(1).with(Tap.Twist.SENT_AGAIN)));
    run(() -> kiosk.tap(tap(2).with(Tap.Twist.KEY_REUSED)));

    await().until(() -> deliveries.size() == 4);
    assertThat(deliveries).allSatisfy(each -> assertThat(AnswerCheck.mistakes(each)).isEmpty());
    assertThat(deliveries)
        .extracting(each -> each.scan().localSeq())
        .containsExactly(100L, 100L, 101L, 101L);
    assertThat(deliveries.getLast().answer()).isInstanceOf(Answer.Conflict.class);
  }

  @Test
  void requests_of_a_kiosk_never_overlap() {
    run(
        () -> {
          for (int pupil = 0; pupil < 10; pupil++) {
            kiosk.tap(tap(pupil));
          }
        });

    await().until(() -> deliveries.size() == 10);
    assertThat(server.mostAtOnce()).isEqualTo(1);
    assertThat(deliveries).extracting(each -> each.scan().localSeq()).isSorted();
  }

  @Test
  void what_was_stored_without_network_goes_in_a_batch_and_one_broken_record_blocks_no_other() {
    server.bringAgain.add(102L);
    run(
        () -> {
          kiosk.loseNetwork();
          kiosk.tap(tap(0));
          kiosk.tap(tap(1).with(Tap.Twist.NEGATIVE_SEQ));
          kiosk.tap(tap(2));
          kiosk.tap(tap(3).with(Tap.Twist.UNKNOWN_GATE));
        });
    assertThat(server.requests).isEmpty();

    Instant back = Instant.now();
    run(kiosk::findNetwork);

    await().until(() -> deliveries.size() == 4);
    assertThat(deliveries).allSatisfy(each -> assertThat(AnswerCheck.mistakes(each)).isEmpty());
    assertThat(server.requests)
        .extracting(body -> body.getJsonArray("scans").size())
        .containsExactly(4, 1);
    assertThat(deliveries.getLast().scan().localSeq()).isEqualTo(102);
    assertThat(deliveries)
        .allSatisfy(each -> assertThat(each.sent().getFirst()).isAfterOrEqualTo(back));
  }

  @Test
  void a_kiosk_whose_token_is_refused_stops_and_keeps_its_queue() {
    server.troubles.add(FakeServer.Trouble.UNKNOWN_TOKEN);

    run(() -> kiosk.tap(tap(1)));
    await().until(() -> !broken.isEmpty());
    run(() -> kiosk.tap(tap(2)));

    assertThat(broken).singleElement().isInstanceOf(UnwelcomeKiosk.class);
    assertThat(broken.removeFirst())
        .hasMessageContaining("DEV-1")
        .hasMessageContaining("401")
        .hasMessageContaining("keeps its 1 scans");
    assertThat(server.requests).hasSize(1);
    assertThat(deliveries).isEmpty();
    assertThat(kiosk.waiting()).isEqualTo(2);
  }

  @Test
  void what_was_never_delivered_is_named_at_the_end() {
    run(kiosk::loseNetwork);
    run(() -> kiosk.tap(tap(1)));

    List<Long> left = new CopyOnWriteArrayList<>();
    run(() -> kiosk.close().forEach(scan -> left.add(scan.localSeq())));

    assertThat(left).containsExactly(100L);
  }

  private void run(Runnable act) {
    Future.<Void>future(
            promise ->
                context.runOnContext(
                    start -> {
                      act.run();
                      promise.complete();
                    }))
        .await();
  }

  private Delivery onlyDelivery() {
    await().until(() -> !deliveries.isEmpty());
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  private static Tap tap(int pupil) {
    return new Tap(Duration.ZERO, 0, Card.nfc(SmallSchool.pupil(pupil)), ScanType.IN);
  }

  private static long seq(JsonObject body) {
    return body.getLong("local_seq");
  }
}
