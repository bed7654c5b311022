package porteria.embedded.simulator;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The inbox for people: all phones and mailboxes, one of them, or a mail as it was designed. */
final class InboxPages {
  private static final String PAGE = "text/html; charset=utf-8";
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";
  private static final String MAIL_POLICY =
      "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation;"
          + " default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  private static final String STYLE = style("inbox.css");

  private final InboxReader reader;
  private final Faults faults;
  private final InstantSource clock;
  private final BooleanSupplier repliesHeard;

  /**
   * @param repliesHeard whether a reply written on the page reaches anybody
   */
  InboxPages(InboxReader reader, Faults faults, InstantSource clock, BooleanSupplier repliesHeard) {
    this.reader = reader;
    this.faults = faults;
    this.clock = clock;
    this.repliesHeard = repliesHeard;
  }

  /** {@code GET /} shows everybody, {@code GET /?to=} one phone or mailbox. */
  void inbox(RoutingContext routing) {
    String to = Recipient.key(routing.request().getParam("to", ""));
    InboxPage page = new InboxPage(clock.instant());
    page.open(reader.accepted(), reader.repeated(), faults.active(), to);
    if (to.isEmpty()) {
      page.overview(reader.latest());
    } else {
      page.single(reader.of(to), repliesHeard.getAsBoolean());
    }
    send(routing.response(), PAGE_POLICY, page.close());
  }

  /** {@code GET /messages/{id}/html}: the HTML of a mail, in a sandbox. */
  void mail(RoutingContext routing) {
    Optional<MailMessage> mail =
        reader.mail(Objects.requireNonNullElse(routing.pathParam("id"), ""));
    if (mail.isEmpty()) {
      Answer.json(404, "{\"error\":\"no mail has this id\"}").send(routing.response());
      return;
    }
    send(routing.response(), MAIL_POLICY, mail.get().html());
  }

  /** {@code GET /inbox.css}. */
  void style(RoutingContext routing) {
    new Answer(200, "text/css; charset=utf-8", Map.of(), STYLE).send(routing.response());
  }

  private static void send(HttpServerResponse response, String policy, String html) {
    Map<String, String> headers =
        Map.of(
            "content-security-policy", policy,
            "cache-control", "no-store",
            "referrer-policy", "no-referrer",
            "x-content-type-options", "nosniff");
    new Answer(200, PAGE, headers, html).send(response);
  }

  private static String style(String resource) {
    try (InputStream stream = InboxPages.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("missing beside this class: " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
