package porteria.embedded.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes one inbox page, top to bottom. */
final class InboxPage {
  private static final Locale SPANISH = Locale.forLanguageTag("es-CL");
  // The pages are for people at the schools, who all live by this clock.
  private static final ZoneId ZONE = ZoneId.of("America/Santiago");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", SPANISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d 'de' MMMM", SPANISH);

  private final LocalDate today;
  private final StringBuilder page = new StringBuilder(16_384);

  InboxPage(Instant now) {
    this.today = now.atZone(ZONE).toLocalDate();
  }

  /**
   * @param to the one recipient looked for; empty for everybody
   */
  void open(long accepted, long repeated, List<Fault> faults, String to) {
    // A page with a form is not reloaded under the writer's hands.
    String refresh = to.isEmpty() ? "<meta http-equiv=\"refresh\" content=\"5\">" : "";
    page.append(
        """
        <!doctype html>
        <html lang="es"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Bandeja de prueba · Portería</title>
        <link rel="stylesheet" href="/inbox.css">%s</head><body>
        <header><h1><a href="/">Bandeja de prueba</a></h1>
        <p>Lo que leerían las familias. Nada de esto sale de este equipo.</p>
        <p class="figures">%s</p>
        <form action="/" method="get"><label>Teléfono o correo
        <input name="to" value="%s" autocomplete="off"></label><button>Buscar</button></form>
        </header>
        """
            .formatted(refresh, figures(accepted, repeated), Html.escape(to)));
    faults.forEach(this::banner);
    page.append("<main>\n");
  }

  void overview(List<Conversation> conversations) {
    if (conversations.isEmpty()) {
      nothing("Aún no llega ningún mensaje. Cuando Portería avise a una familia, aparecerá aquí.");
    }
    conversations.forEach(conversation -> card(conversation, true));
  }

  /**
   * @param repliesHeard whether to offer a reply
   */
  void single(Conversation conversation, boolean repliesHeard) {
    if (conversation.lines().isEmpty()) {
      nothing("A " + title(conversation.to()) + " no le ha llegado ningún mensaje.");
    } else {
      card(conversation, false);
    }
    if (repliesHeard && conversation.to().indexOf('@') < 0) {
      page.append(
          """
          <form class="reply" method="post" action="/phones/%s/reply"><label>Responder desde este teléfono
          <input name="text" placeholder="BAJA" required maxlength="4096" autocomplete="off"></label>
          <button>Enviar</button></form>
          """
              .formatted(Html.escape(conversation.to())));
    }
  }

  String close() {
    return page.append("</main></body></html>\n").toString();
  }

  private static String figures(long accepted, long repeated) {
    String messages =
        String.format(SPANISH, "%,d %s", accepted, accepted == 1 ? "mensaje" : "mensajes");
    return repeated == 0
        ? messages + " · ninguno repetido"
        : messages
            + String.format(
                SPANISH,
                " · <strong>⚠ %,d %s</strong>",
                repeated,
                repeated == 1 ? "repetido" : "repetidos");
  }

  private void banner(Fault fault) {
    String channel = fault.channel().map(Channel::label).orElse("WhatsApp y correo");
    page.append("<p class=\"banner\" role=\"status\">⚠ Falla simulada: ")
        .append(channel)
        .append(" · ")
        .append(Html.escape(fault.mode().wire() + " " + fault.code()).strip())
        .append(fault.to().isEmpty() ? "" : " · " + Html.escape(title(fault.to())))
        .append(fault.rate() < 1 ? " · " + Math.round(fault.rate() * 100) + " %" : "")
        .append("</p>\n");
  }

  private void nothing(String sentence) {
    page.append("<p class=\"empty\">").append(Html.escape(sentence)).append("</p>\n");
  }

  private void card(Conversation conversation, boolean linked) {
    String title = Html.escape(title(conversation.to()));
    boolean mail = conversation.to().indexOf('@') >= 0;
    page.append("<section><h2>")
        .append(mail ? "<span>✉ Correo</span> " : "<span>☎ WhatsApp</span> ")
        .append(linked ? "<a href=\"/?to=" + Html.escape(conversation.to()) + "\">" : "")
        .append(title)
        .append(linked ? "</a>" : "")
        .append("</h2>\n<ol>\n");
    conversation.lines().forEach(this::line);
    page.append("</ol></section>\n");
  }

  private void line(Conversation.Line line) {
    Message message = line.message();
    page.append("<li>").append(time(message.receivedAt()));
    if (line.duplicates() > 0) {
      page.append(" <strong class=\"again\">⚠ Repetido: llegó ")
          .append(line.duplicates() + 1)
          .append(" veces</strong>");
    }
    if (message instanceof MailMessage mail) {
      page.append("<h3>").append(Html.escape(mail.subject())).append("</h3>");
    }
    page.append("<p>").append(Html.withLinks(message.text())).append("</p>");
    if (message instanceof MailMessage mail && !mail.html().isEmpty()) {
      page.append(
              "<p class=\"more\"><a target=\"_blank\" rel=\"noopener noreferrer\" href=\"/messages/")
          .append(Html.escape(mail.id()))
          .append("/html\">Ver con diseño</a></p>");
    }
    page.append("</li>\n");
  }

  private String time(long epochMillis) {
    ZonedDateTime at = Instant.ofEpochMilli(epochMillis).atZone(ZONE);
    return "<time datetime=\"%s\">%s, %s</time>"
        .formatted(MessageJson.time(epochMillis), day(at.toLocalDate()), CLOCK.format(at));
  }

  private String day(LocalDate day) {
    if (day.equals(today)) {
      return "hoy";
    }
    return day.equals(today.minusDays(1)) ? "ayer" : DAY.format(day);
  }

  /** A mailbox as it is; a Chilean mobile phone in its usual groups. */
  private static String title(String to) {
    if (to.indexOf('@') >= 0) {
      return to.replace(",", ", ");
    }
    return to.matches("569\\d{8}")
        ? "+56 9 " + to.substring(3, 7) + " " + to.substring(7)
        : "+" + to;
  }
}
