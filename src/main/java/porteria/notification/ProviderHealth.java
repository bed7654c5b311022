package porteria.notification;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.domain.Channel;
import porteria.domain.FailureClass;

/**
 * The circuit breaker of one channel's provider and account, shared by the instances of a node.
 * While half of the calls meet a provider in trouble, nothing is claimed for it: messages keep
 * their attempts, and the provider its peace. It never repeats a call; that is the outbox's.
 */
final class ProviderHealth {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderHealth.class);

  /**
   * Calls that may be made.
   *
   * @param period of the circuit they were taken in, which is over when its state changes
   */
  record Permits(int count, long period) {}

  private static final CircuitBreakerConfig CONFIG =
      CircuitBreakerConfig.custom()
          .slidingWindowType(SlidingWindowType.COUNT_BASED)
          .slidingWindowSize(40)
          .minimumNumberOfCalls(20)
          .failureRateThreshold(50)
          .waitDurationInOpenState(Duration.ofSeconds(5))
          .permittedNumberOfCallsInHalfOpenState(4)
          .maxWaitDurationInHalfOpenState(Duration.ofMinutes(1))
          .recordResult(ProviderHealth::inTrouble)
          .build();

  private final CircuitBreaker breaker;
  private final AtomicLong period = new AtomicLong();

  ProviderHealth(Channel channel) {
    breaker = CircuitBreaker.of(channel.name(), CONFIG);
    breaker
        .getEventPublisher()
        .onStateTransition(
            change -> {
              period.incrementAndGet();
              LOG.warn(
                  "provider of {}: circuit {}", channel, change.getStateTransition().getToState());
            });
  }

  /**
   * Permits calls; each is to be {@linkplain #answered ended} or {@linkplain #giveBack given back}.
   *
   * @return at most {@code wanted}
   */
  synchronized Permits permit(int wanted) {
    int permitted = 0;
    while (permitted < wanted && breaker.tryAcquirePermission()) {
      permitted++;
    }
    return new Permits(permitted, period.get());
  }

  /**
   * Takes permits back that were not needed. The few calls by which a provider is tried again are
   * not added to by what was permitted before them.
   *
   * @param taken in which they were taken
   */
  synchronized void giveBack(int permits, long taken) {
    if (taken != period.get()) {
      return;
    }
    for (int i = 0; i < permits; i++) {
      breaker.releasePermission();
    }
  }

  synchronized void answered(SendOutcome outcome, Duration took) {
    breaker.onResult(took.toNanos(), TimeUnit.NANOSECONDS, outcome);
  }

  /** 0 when calls pass, 1 when they are held back, 0.5 while a few try. */
  double openness() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> 1;
      case HALF_OPEN -> 0.5;
      case CLOSED, DISABLED, METRICS_ONLY -> 0;
    };
  }

  private static boolean inTrouble(Object outcome) {
    return outcome instanceof SendOutcome.Unknown
        || (outcome instanceof SendOutcome.Failed failed
            && failed.failureClass() == FailureClass.TRANSIENT);
  }
}
