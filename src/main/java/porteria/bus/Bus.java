package porteria.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.domain.Failure;
import porteria.domain.FailureException;

/**
 * The typed event bus. A consumer that throws and one whose future fails are the same to the
 * caller: a {@link FailureException}. A failure's kind travels as the reply code.
 */
public final class Bus {

  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setCodecName(RecordCodec.NAME).setLocalOnly(true);

  private final EventBus eventBus;
  private final DeliveryOptions request;

  private Bus(EventBus eventBus, long deadlineMillis) {
    this.eventBus = eventBus;
    this.request = new DeliveryOptions(LOCAL).setSendTimeout(deadlineMillis);
  }

  /**
   * Prepares the bus of a Vert.x instance; once for each instance.
   *
   * @param deadlineMillis how long a request may stay unanswered
   */
  public static Bus on(Vertx vertx, long deadlineMillis) {
    vertx.eventBus().registerCodec(new RecordCodec());
    return new Bus(vertx.eventBus(), deadlineMillis);
  }

  public <Q, R> Future<R> request(Address<Q, R> address, Q query) {
    return eventBus
        .<Object>request(address.name(), query, request)
        .map(reply -> address.reply().cast(reply.body()))
        .recover(error -> Future.failedFuture(failure(address, error)));
  }

  public <Q, R> MessageConsumer<Object> answer(
      Address<Q, R> address, Function<Q, ? extends Future<? extends R>> service) {
    return eventBus.localConsumer(
        address.name(),
        message ->
            call(service, address.request().cast(message.body()))
                .onSuccess(reply -> message.reply(reply, LOCAL))
                .onFailure(error -> fail(address, message, error)));
  }

  public <E> void publish(Event<E> event, E happened) {
    eventBus.publish(event.name(), happened, LOCAL);
  }

  /** Tells one of those who listen, by turns: for work that any of them may take. */
  public <E> void hint(Event<E> event, E happened) {
    eventBus.send(event.name(), happened, LOCAL);
  }

  public <E> MessageConsumer<Object> on(Event<E> event, Consumer<E> listener) {
    return eventBus.localConsumer(
        event.name(), message -> listener.accept(event.type().cast(message.body())));
  }

  private static <Q, R> Future<? extends R> call(
      Function<Q, ? extends Future<? extends R>> service, Q query) {
    try {
      return service.apply(query);
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private static void fail(Address<?, ?> address, Message<Object> message, Throwable error) {
    Failure failure;
    if (error instanceof FailureException known) {
      failure = known.failure();
    } else {
      LOG.error("{} failed", address.name(), error);
      failure = Failure.of(Failure.Kind.INTERNAL, "The server failed; the fault is logged.");
    }
    message.fail(failure.kind().code(), failure.detail());
  }

  private static FailureException failure(Address<?, ?> address, Throwable error) {
    if (error instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
        && reply.failureCode() > 0) {
      return Failure.of(Failure.Kind.of(reply.failureCode()), String.valueOf(reply.getMessage()))
          .asException();
    }
    LOG.warn("{} was not answered: {}", address.name(), error.getMessage());
    return Failure.of(Failure.Kind.UNAVAILABLE, "This part of the server does not answer now.")
        .asException();
  }
}
