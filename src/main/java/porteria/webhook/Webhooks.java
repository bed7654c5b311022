package porteria.webhook;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import porteria.bus.Bus;
import porteria.config.WebhookSettings;

/** Both webhooks. One that is not configured is not there. */
public final class Webhooks {

  /** What providers send at once is at most a quarter of it. */
  private static final long MAX_BODY_BYTES = 1_048_576;

  private static final String WHATSAPP = "/webhooks/whatsapp";
  private static final String SES = "/webhooks/ses";

  private final WebhookSettings settings;
  private final Bus bus;
  private final InstantSource clock;
  private final SnsResources amazon;

  /**
   * @param amazon reaches what messages of SNS refer to
   */
  public Webhooks(WebhookSettings settings, Bus bus, InstantSource clock, SnsResources amazon) {
    this.settings = settings;
    this.bus = bus;
    this.clock = clock;
    this.amazon = amazon;
  }

  /** Adds them to the root. */
  public void mount(Router router) {
    settings
        .whatsApp()
        .ifPresent(
            account -> {
              WhatsAppWebhook whatsApp = new WhatsAppWebhook(account, bus, clock);
              router.get(WHATSAPP).handler(whatsApp::challenge);
              post(router, WHATSAPP, whatsApp::hear);
            });
    if (!settings.snsTopics().isEmpty()) {
      post(router, SES, new SesWebhook(settings.snsTopics(), bus, clock, amazon)::hear);
    }
  }

  private static void post(Router router, String path, Handler<RoutingContext> webhook) {
    router
        .post(path)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(webhook);
  }
}
