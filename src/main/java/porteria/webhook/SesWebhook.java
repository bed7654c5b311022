package porteria.webhook;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.DeliveryReport;
import porteria.bus.ReportDeliveries;
import porteria.domain.Failure;
import porteria.domain.FailureException;

/** What Amazon SES tells through SNS. */
final class SesWebhook {

  private static final Logger LOG = LoggerFactory.getLogger(SesWebhook.class);

  private final Set<String> topics;
  private final Bus bus;
  private final InstantSource clock;
  private final SnsResources amazon;
  private final SnsSignatures signatures;

  /**
   * @param topics ARNs of those that are listened to
   */
  SesWebhook(List<String> topics, Bus bus, InstantSource clock, SnsResources amazon) {
    this.topics = Set.copyOf(topics);
    this.bus = bus;
    this.clock = clock;
    this.amazon = amazon;
    this.signatures = new SnsSignatures(amazon);
  }

  void hear(RoutingContext context) {
    SnsMessage message =
        new SnsMessage(
            Json.object(Objects.requireNonNullElseGet(context.body().buffer(), Buffer::buffer)));
    // Before the certificate is fetched: nobody else makes us ask for one.
    if (!topics.contains(message.topic())) {
      context.fail(403);
      return;
    }
    signatures
        .verify(message)
        .compose(signed -> signed ? heed(message) : Future.failedFuture(unsigned()))
        .onSuccess(done -> context.response().end())
        .onFailure(error -> fail(context, error));
  }

  private Future<?> heed(SnsMessage message) {
    return switch (message.type()) {
      case SnsMessage.NOTIFICATION -> report(message);
      case SnsMessage.SUBSCRIPTION ->
          message
              .subscribeUrl()
              .<Future<?>>map(url -> confirm(message, url))
              .orElseGet(() -> Future.failedFuture(unsigned()));
      case SnsMessage.END_OF_SUBSCRIPTION -> {
        LOG.warn("{} does not tell us any more", message.topic());
        yield Future.succeededFuture();
      }
      default -> Future.succeededFuture();
    };
  }

  private Future<?> report(SnsMessage message) {
    List<DeliveryReport> reports = SesEvents.read(Json.object(message.message()), clock.instant());
    return reports.isEmpty()
        ? Future.succeededFuture()
        : bus.request(Addresses.NOTIFICATION_REPORT, new ReportDeliveries(reports));
  }

  private Future<?> confirm(SnsMessage message, URI url) {
    return amazon
        .get(url)
        .onSuccess(confirmed -> LOG.info("{} tells us from now on", message.topic()));
  }

  private static Throwable unsigned() {
    return Failure.of(Failure.Kind.UNAUTHENTICATED, "Amazon SNS did not sign this.").asException();
  }

  /** SNS tells it again later. */
  private static void fail(RoutingContext context, Throwable error) {
    if (error instanceof FailureException known) {
      context.fail(known);
    } else {
      LOG.warn("SNS was not reached: {}", error.toString());
      context.fail(503);
    }
  }
}
