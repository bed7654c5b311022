package porteria.notification;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.SendingChanged;
import porteria.domain.Channel;
import porteria.domain.FailureClass;
import porteria.domain.PauseScope;

/**
 * Accounts, numbers and templates that a provider does not let us use. They stay so until somebody
 * resumes them; what was to be sent by them waits, or goes by mail. For one event loop.
 */
final class SendingPauses {

  private static final Logger LOG = LoggerFactory.getLogger(SendingPauses.class);

  /**
   * Something that is paused.
   *
   * @param subject of a template its name and language, such as {@code ingreso_ok/es}; else empty
   */
  record Pause(Channel channel, PauseScope scope, String subject) {

    private static Pause of(Channel channel, String wording, PauseScope scope) {
      return new Pause(channel, scope, scope == PauseScope.TEMPLATE ? wording : "");
    }

    private boolean concerns(ClaimedMessage message) {
      return channel == message.channel()
          && (scope != PauseScope.TEMPLATE || subject.equals(message.wording()));
    }
  }

  private final NotificationRepository rows;
  private final Bus bus;
  private final InstantSource clock;
  private Set<Pause> known = Set.of();

  SendingPauses(NotificationRepository rows, Bus bus, InstantSource clock) {
    this.rows = rows;
    this.bus = bus;
    this.clock = clock;
  }

  /** Reads what is paused, by any node. */
  Future<Void> refresh() {
    return rows.pauses().map(this::learn);
  }

  /** Why this message cannot be sent now; empty when it can. */
  Optional<SendOutcome.Failed> of(ClaimedMessage message) {
    return known.stream()
        .filter(pause -> pause.concerns(message))
        .findFirst()
        .map(pause -> new SendOutcome.Failed(failureClass(pause.scope()), "PAUSED", ""));
  }

  /**
   * Pauses what the provider refused, if that is the meaning of the refusal.
   *
   * @param wording the template in its language, such as {@code ingreso_ok/es}
   * @return when it is stored, or was not; does not fail: what is not stored is refused again
   */
  Future<Void> after(Channel channel, String wording, SendOutcome.Failed failed) {
    PauseScope scope = scope(failed.failureClass());
    if (scope == null || known.contains(Pause.of(channel, wording, scope))) {
      return Future.succeededFuture();
    }
    Pause pause = Pause.of(channel, wording, scope);
    return rows.pause(pause, failed, clock.instant())
        .onSuccess(stored -> paused(pause, failed))
        .onFailure(fault -> LOG.warn("{} could not be paused: {}", pause, fault.toString()))
        .otherwiseEmpty();
  }

  private void paused(Pause pause, SendOutcome.Failed failed) {
    LOG.error("{} paused: the provider says {}", pause, failed.code());
    Set<Pause> more = new HashSet<>(known);
    more.add(pause);
    known = Set.copyOf(more);
    tell();
  }

  private void tell() {
    bus.publish(Addresses.SENDING_CHANGED, new SendingChanged());
  }

  private @Nullable Void learn(Set<Pause> read) {
    boolean changed = !read.equals(known);
    known = read;
    if (changed) {
      tell();
    }
    return null;
  }

  private static @Nullable PauseScope scope(FailureClass failureClass) {
    return switch (failureClass) {
      case ACCOUNT -> PauseScope.ACCOUNT;
      case QUALITY -> PauseScope.NUMBER;
      case TEMPLATE -> PauseScope.TEMPLATE;
      default -> null;
    };
  }

  private static FailureClass failureClass(PauseScope scope) {
    return switch (scope) {
      case ACCOUNT -> FailureClass.ACCOUNT;
      case NUMBER -> FailureClass.QUALITY;
      case TEMPLATE -> FailureClass.TEMPLATE;
    };
  }
}
