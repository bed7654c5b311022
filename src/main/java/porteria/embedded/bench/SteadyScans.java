package porteria.embedded.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Kiosks that scan so many pupils a second, one after the other, however long the answers take:
 * each is sent at its time on the timetable.
 */
final class SteadyScans implements AutoCloseable {

  static final int A_SECOND = 200;

  private static final TemporalUnit UNIT = ChronoUnit.MICROS;
  private static final int CONNECTIONS = 32;
  private static final int ANSWER_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final BenchSchool school;
  private final int port;
  private final HttpClient client;
  private int next;

  SteadyScans(BenchSchool school, int port) {
    this.school = school;
    this.port = port;
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /** Scans {@link #A_SECOND} for so long, see {@link #run(int, int)}. */
  Map<Long, Long> run(int seconds) throws InterruptedException {
    return run(seconds, A_SECOND);
  }

  /**
   * Scans for so long.
   *
   * @param aSecond pupils
   * @return when each was sent, by {@code local_seq}, in micro-seconds since 1970
   * @throws IllegalStateException when one was not accepted
   */
  Map<Long, Long> run(int seconds, int aSecond) throws InterruptedException {
    Map<Long, Long> sent = new ConcurrentHashMap<>();
    Promise<Void> all = Promise.promise();
    int count = seconds * aSecond;
    long begun = System.nanoTime();
    int[] state = {0, 0};
    vertx
        .getOrCreateContext()
        .runOnContext(
            started ->
                vertx.setPeriodic(
                    1,
                    timer -> {
                      long due =
                          Math.min(count, (System.nanoTime() - begun) * aSecond / 1_000_000_000);
                      while (state[0] < due) {
                        state[0]++;
                        scan(next++, sent)
                            .onFailure(all::tryFail)
                            .onSuccess(
                                accepted -> {
                                  if (++state[1] == count) {
                                    all.tryComplete();
                                  }
                                });
                      }
                      if (state[0] == count) {
                        vertx.cancelTimer(timer);
                      }
                    }));
    try {
      all.future()
          .toCompletionStage()
          .toCompletableFuture()
          .get(seconds + ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("not every scan was accepted: " + e.getMessage(), e);
    }
    return sent;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Future<Void> scan(int number, Map<Long, Long> sent) {
    int kiosk = number % school.kioskTokens().size();
    Buffer body = body(number, kiosk);
    sent.put((long) number, UNIT.between(Instant.EPOCH, Instant.now()));
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/api/v1/attendance/scan")
                .putHeader("Authorization", "Bearer " + school.kioskTokens().get(kiosk))
                .putHeader("Content-Type", "application/json"))
        .compose(request -> request.send(body))
        .compose(
            answer ->
                answer.statusCode() == 202
                    ? answer.end()
                    : Future.failedFuture("status " + answer.statusCode()));
  }

  private static Buffer body(int number, int kiosk) {
    String now = Instant.now().toString();
    return new JsonObject()
        .put("source", "NFC")
        .put("token", BenchSchool.cardToken(number))
        .put("type", "IN")
        .put("gate_id", BenchSchool.GATE_CODE)
        .put("device_id", BenchSchool.kioskCode(kiosk))
        .put("local_seq", number)
        .put("photo_expected", false)
        .put("captured_at", now)
        .put("sent_at", now)
        .toBuffer();
  }
}
