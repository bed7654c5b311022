package porteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import porteria.testkit.ApiCalls;
import porteria.testkit.DemoSchoolFile.Device;
import porteria.testkit.DemoSchoolFile.Pupil;

/** Kiosks of the demonstration school that read card after card at a steady pace. */
final class SteadyScans {

  private static final int HANDS = 12;

  private final List<Device> devices;
  private final AtomicLong numbers = new AtomicLong();

  SteadyScans(DemoStage stage) {
    devices = stage.school().devices();
  }

  /**
   * Lets these pupils pass, each once, and waits for the last answer; each must be 202.
   *
   * @param type IN or OUT
   * @return how long each answer took, counted from when the card was due to be read
   */
  List<Duration> pass(int port, List<Pupil> pupils, String type, int perSecond) throws Exception {
    long begin = System.nanoTime();
    List<Future<Duration>> answers = new ArrayList<>();
    try (ApiCalls calls = new ApiCalls(port);
        ScheduledExecutorService hands = Executors.newScheduledThreadPool(HANDS)) {
      for (Pupil pupil : pupils) {
        long due = begin + answers.size() * TimeUnit.SECONDS.toNanos(1) / perSecond;
        Callable<Duration> scan = () -> scan(calls, pupil, type, due);
        answers.add(hands.schedule(scan, due - System.nanoTime(), TimeUnit.NANOSECONDS));
      }
      return durations(answers);
    }
  }

  /** The duration that this share of them does not exceed. */
  static Duration quantile(List<Duration> durations, double share) {
    List<Duration> sorted = new ArrayList<>(durations);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  private Duration scan(ApiCalls calls, Pupil pupil, String type, long due) throws IOException {
    long number = numbers.incrementAndGet();
    Device device = devices.get((int) (number % devices.size()));
    ApiCalls.Answer answer = calls.scan(device, pupil.nfcToken(), type, number);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    return Duration.ofNanos(System.nanoTime() - due);
  }

  private static List<Duration> durations(List<Future<Duration>> answers)
      throws InterruptedException, ExecutionException {
    List<Duration> all = new ArrayList<>();
    for (Future<Duration> answer : answers) {
      all.add(answer.get());
    }
    return all;
  }
}
