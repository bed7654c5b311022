package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import porteria.domain.Channel;
import porteria.notification.ProviderHealth.Permits;

class ProviderHealthTest {

  private static final int TRIALS = 4;

  private final ProviderHealth health = new ProviderHealth(Channel.WHATSAPP);

  @Test
  void a_provider_in_trouble_is_tried_by_few_calls_however_many_were_permitted_before() {
    Permits before = health.permit(100);
    IntStream.range(0, 20)
        .forEach(i -> health.answered(new SendOutcome.Unknown("time-out"), Duration.ZERO));
    assertThat(health.permit(100).count()).isZero();
    await().until(this::isTried);
    health.giveBack(80, before.period());
    assertThat(health.permit(100).count()).isEqualTo(TRIALS);
  }

  /** What this takes of the trial it gives back. */
  private boolean isTried() {
    Permits trial = health.permit(1);
    health.giveBack(trial.count(), trial.period());
    return trial.count() == 1;
  }
}
