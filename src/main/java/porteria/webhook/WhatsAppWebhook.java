package porteria.webhook;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.HeedWishes;
import porteria.bus.ReportDeliveries;
import porteria.config.WebhookSettings;
import porteria.domain.MessageKey;

/** What the WhatsApp Cloud API tells, as Meta's webhooks do (Graph API, "Getting started"). */
final class WhatsAppWebhook {

  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final String SCHEME = "sha256=";

  private final byte[] verifyToken;
  private final MessageKey key;
  private final Bus bus;
  private final InstantSource clock;

  WhatsAppWebhook(WebhookSettings.WhatsApp account, Bus bus, InstantSource clock) {
    this.verifyToken = account.verifyToken().bytes();
    this.key = new MessageKey(account.appSecret().bytes());
    this.bus = bus;
    this.clock = clock;
  }

  /** Asked once, when the address is registered. */
  void challenge(RoutingContext context) {
    byte[] shown =
        context.request().getParam("hub.verify_token", "").getBytes(StandardCharsets.UTF_8);
    boolean ours =
        MessageDigest.isEqual(verifyToken, shown)
            && "subscribe".equals(context.request().getParam("hub.mode"));
    if (!ours) {
      context.fail(403);
      return;
    }
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(context.request().getParam("hub.challenge", ""));
  }

  void hear(RoutingContext context) {
    Buffer body = Objects.requireNonNullElseGet(context.body().buffer(), Buffer::buffer);
    if (!signed(body, context.request().getHeader(SIGNATURE))) {
      context.fail(401);
      return;
    }
    WhatsAppEvents events = WhatsAppEvents.read(Json.object(body), clock.instant());
    keep(events).onSuccess(kept -> context.response().end()).onFailure(context::fail);
  }

  private Future<?> keep(WhatsAppEvents events) {
    Future<?> reported =
        events.reports().isEmpty()
            ? Future.succeededFuture()
            : bus.request(Addresses.NOTIFICATION_REPORT, new ReportDeliveries(events.reports()));
    return events.wishes().isEmpty()
        ? reported
        : reported.compose(
            kept -> bus.request(Addresses.NOTIFICATION_HEED, new HeedWishes(events.wishes())));
  }

  private boolean signed(Buffer body, @Nullable String signature) {
    if (signature == null || !signature.startsWith(SCHEME)) {
      return false;
    }
    byte[] given;
    try {
      given = HexFormat.of().parseHex(signature.substring(SCHEME.length()));
    } catch (IllegalArgumentException notHex) {
      return false;
    }
    return MessageDigest.isEqual(key.authenticate(body.getBytes()), given);
  }
}
