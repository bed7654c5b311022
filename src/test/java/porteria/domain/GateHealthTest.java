package porteria.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import porteria.domain.GateHealth.Dark;
import porteria.domain.GateHealth.Reason;
import porteria.domain.GateHealth.Report;

class GateHealthTest {

  private static final Instant NOW = Instant.parse("2026-06-10T11:30:00Z");
  private static final Duration AFTER = Duration.ofSeconds(150);

  @Test
  void a_kiosk_that_reported_lately_and_holds_nothing_leaves_nothing_dark() {
    assertThat(judge(report(NOW, 0))).isEmpty();
    assertThat(judge(report(NOW.minus(AFTER), 0))).as("just in time").isEmpty();
    assertThat(judge(report(NOW.plusSeconds(1), 0))).as("another node's clock").isEmpty();
  }

  @Test
  void one_that_reported_too_long_ago_is_silent_since_then() {
    Instant last = NOW.minus(AFTER).minusMillis(1);
    assertThat(judge(report(last, 0))).contains(new Dark(Reason.SILENT, Optional.of(last)));
    assertThat(judge(report(last, 7)))
        .as("what it held then is out of date")
        .contains(new Dark(Reason.SILENT, Optional.of(last)));
  }

  @Test
  void one_that_holds_scans_is_dark_since_it_began_to() {
    Instant began = NOW.minusSeconds(600);
    Report last = new Report(Optional.of(NOW), 7, Optional.of(began));
    assertThat(judge(last)).contains(new Dark(Reason.QUEUE, Optional.of(began)));
  }

  @Test
  void one_that_never_reported_is_silent_since_nobody_knows_when() {
    assertThat(judge(new Report(Optional.empty(), 0, Optional.empty())))
        .contains(new Dark(Reason.SILENT, Optional.empty()));
  }

  private static Report report(Instant at, int queueLength) {
    return new Report(Optional.of(at), queueLength, Optional.empty());
  }

  private static Optional<Dark> judge(Report last) {
    return GateHealth.judge(last, NOW, AFTER);
  }
}
