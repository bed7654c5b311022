package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.MessagePreviews;
import porteria.bus.PreviewMessages;
import porteria.bus.RenderMessages;
import porteria.domain.Failure;
import porteria.domain.MessageTemplate;
import porteria.domain.TemplateCatalogue;

/** Shows staff each message as a family of their school would read it. The facts are made up. */
final class Previews {

  private static final String NOWHERE = "https://example.org/";

  private static final UUID NONE = new UUID(0, 0);

  private final Vertx vertx;
  private final TemplateCatalogue templates;
  private final MessageFacts facts;
  private final MailTexts mails;
  private final SchoolLooks looks;
  private final InstantSource clock;

  Previews(
      Vertx vertx,
      TemplateCatalogue templates,
      MessageFacts facts,
      MailTexts mails,
      SchoolLooks looks,
      InstantSource clock) {
    this.vertx = vertx;
    this.templates = templates;
    this.facts = facts;
    this.mails = mails;
    this.looks = looks;
    this.clock = clock;
  }

  Future<MessagePreviews> of(PreviewMessages query) {
    if (!TemplateCatalogue.LANGUAGES.contains(query.language())) {
      return Future.failedFuture(
          Failure.of(Failure.Kind.INVALID_REQUEST, "There is no such language.").asException());
    }
    return looks
        .of(query.schoolId())
        .compose(look -> vertx.executeBlocking(() -> previews(query.language(), look), false))
        .map(Objects::requireNonNull);
  }

  /** The same of what is told to families soon. */
  Future<MessagePreviews> render(RenderMessages query) {
    return looks
        .of(query.schoolId())
        .compose(look -> vertx.executeBlocking(() -> rendered(query, look), false))
        .map(Objects::requireNonNull);
  }

  private MessagePreviews rendered(RenderMessages query, SchoolLook look) {
    return new MessagePreviews(
        TemplateCatalogue.LANGUAGES.stream()
            .filter(query.payloads()::containsKey)
            .map(
                language ->
                    preview(
                        query.template(),
                        language,
                        look,
                        Objects.requireNonNull(query.payloads().get(language))))
            .toList());
  }

  private MessagePreviews previews(String language, SchoolLook look) {
    List<MessagePreviews.Preview> items =
        Arrays.stream(MessageTemplate.values())
            .map(template -> preview(template, language, look, sample(template, look)))
            .toList();
    return new MessagePreviews(items);
  }

  private MessagePreviews.Preview preview(
      MessageTemplate template, String language, SchoolLook look, JsonObject payload) {
    Map<String, String> sample =
        new HashMap<>(facts.of(template.code(), language, payload, NONE).values());
    // No link that the server would have to know.
    sample.computeIfPresent("link", (name, made) -> NOWHERE);
    ClaimedMessage.Facts told = new ClaimedMessage.Facts(sample);
    boolean chosen =
        template != MessageTemplate.ACCESO_FAMILIAS
            && template != MessageTemplate.AUSENCIA_RESUELTA;
    MailTexts.Mail mail =
        mails.compose(
            template.code(),
            language,
            told,
            look,
            chosen ? Optional.of(NOWHERE) : Optional.empty());
    return new MessagePreviews.Preview(
        template.code(),
        language,
        templates
            .find(template.code(), language)
            .map(each -> each.filled(told.values()))
            .orElse(""),
        templates.find(template.code(), language).flatMap(each -> each.footer()),
        mail.subject(),
        mail.text(),
        mail.html());
  }

  /** As the outbox writes it. */
  private JsonObject sample(MessageTemplate template, SchoolLook look) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    JsonObject payload =
        new JsonObject().put("student", "Ana Rojas Contreras").put("school", look.name());
    return switch (template) {
      case ACCESO_FAMILIAS ->
          new JsonObject()
              .put("guardian", "María Soto")
              .put("school", look.name())
              .put("slug", "colegio");
      case CAMBIO_HORARIO ->
          payload
              .put("day", today.plusDays(1).toString())
              .put("out", "12:30")
              .put("reason", "consejo de profesores");
      case AVISO ->
          payload
              .put("subject", "Reunión de apoderados")
              .put("text", "Nos reunimos el jueves a las 19:00 en el gimnasio.");
      case AUSENCIA_RESUELTA ->
          payload
              .put("from", today.toString())
              .put("to", today.plusDays(1).toString())
              .put("approved", true);
      case NO_INGRESO, NO_INGRESO_SIN_CONEXION ->
          payload.put("time", "08:15").put("entry", "08:00").put("day", today.toString());
      default ->
          payload.put("time", "07:52").put("gate", "Puerta Norte").put("day", today.toString());
    };
  }
}
