package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Channel;
import porteria.domain.MessageTemplate;
import porteria.domain.TemplateCatalogue;
import porteria.testkit.WantedTemplates;

class MessageWordsTest {

  private static final UUID ID = UUID.fromString("01a1fd50-cdd0-796b-bd27-e41c2f6fa4a5");
  private static final SchoolLook LOOK =
      new SchoolLook("Colegio Uno", "#123456", Optional.of("+56 2 2345 6789"));

  private final MailTexts mails = new MailTexts(new MessageWords());
  private final WhatsAppBody bodies = new WhatsAppBody(WantedTemplates.catalogue());

  static Stream<Arguments> everyMessage() {
    return Stream.of(MessageTemplate.values())
        .flatMap(
            template ->
                TemplateCatalogue.LANGUAGES.stream()
                    .map(language -> Arguments.of(template, language)));
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void every_mail_states_its_facts_in_text_and_html(MessageTemplate template, String language) {
    ClaimedMessage message = message(template, language, Map.of());
    MailTexts.Mail mail = mails.compose(message, LOOK, Optional.empty());
    assertThat(mail.subject()).isNotBlank().doesNotContain("\n", "{", "https");
    for (String fact : template.facts()) {
      assertThat(mail.text()).as("text").contains(LOOK.name(), message.facts().get(fact));
      assertThat(mail.html()).as("html").contains(LOOK.name(), message.facts().get(fact));
    }
    assertThat(mail.html())
        .contains("lang=\"" + language + "\"", "#123456", "href=\"tel:+56223456789\"")
        .doesNotContain("<img", "<table", "${");
  }

  @ParameterizedTest
  @ValueSource(strings = {"es", "en", "pt"})
  void news_say_the_day_and_the_phone_and_how_to_stop_them(String language) {
    URI stop = URI.create("https://x.example/unsubscribe/abc");
    ClaimedMessage message = message(MessageTemplate.INGRESO_OK, language, Map.of());
    MailTexts.Mail mail = mails.compose(message, LOOK, Optional.of(stop.toString()));
    for (String content : new String[] {mail.text(), mail.html()}) {
      assertThat(content).contains("miércoles 10 de junio", "+56 2 2345 6789", stop.toString());
    }
  }

  @Test
  void a_school_without_a_phone_gives_none() {
    MailTexts.Mail mail =
        mails.compose(
            message(MessageTemplate.INGRESO_OK, "es", Map.of()),
            SchoolLook.plain("Colegio Uno"),
            Optional.empty());
    assertThat(mail.text() + mail.html()).doesNotContain("Llama al colegio", "tel:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${7*7}",
        "{{1}}",
        "{time}",
        "<#list 1..9 as x>",
        "#{1}",
        "مريم السعيد",
        "👧🏽 Añañuca",
        "O'Higgins & \"Hijos\" <b>",
        "$1 \\0 %s"
      })
  void a_name_goes_through_literally_whatever_it_looks_like(String name) {
    ClaimedMessage message = message(MessageTemplate.INGRESO_OK, "es", Map.of("student", name));
    MailTexts.Mail mail = mails.compose(message, LOOK, Optional.empty());
    assertThat(mail.subject()).isEqualTo(name + " entró al colegio a las 07:52");
    assertThat(mail.text()).contains(name + " entró al colegio a las 07:52 por Puerta Norte.");
    assertThat(mail.html()).doesNotContain("<b>");
    assertThat(bodies.of(message).encode())
        .contains(new JsonObject().put("t", name).encode().substring(5));
  }

  @Test
  void a_whatsapp_message_has_the_shape_that_the_provider_requires() {
    assertThat(
            bodies.of(
                message(MessageTemplate.INGRESO_OK, "es", Map.of("student", "Ana\t\n  Rojas"))))
        .isEqualTo(
            new JsonObject(
                """
                {"messaging_product":"whatsapp","recipient_type":"individual","to":"56911111111",
                 "type":"template",
                 "biz_opaque_callback_data":"01a1fd50-cdd0-796b-bd27-e41c2f6fa4a5",
                 "template":{"name":"ingreso_ok",
                  "language":{"code":"es","policy":"deterministic"},
                  "components":[{"type":"body","parameters":[
                   {"type":"text","text":"Ana Rojas"},{"type":"text","text":"07:52"},
                   {"type":"text","text":"Puerta Norte"}]}]}}
                """));
  }

  @ParameterizedTest
  @CsvSource({"es, es", "en, en", "pt, pt_BR"})
  void the_provider_is_told_the_language_by_its_own_name(String ours, String theirs) {
    assertThat(
            bodies
                .of(message(MessageTemplate.INGRESO_OK, ours, Map.of()))
                .getJsonObject("template")
                .getJsonObject("language")
                .getString("code"))
        .isEqualTo(theirs);
  }

  @Test
  void parameters_stand_in_the_order_of_the_catalogue() {
    String turned =
        WantedTemplates.text()
            .replaceFirst("\"student\", \"time\", \"gate\"", "\"gate\", \"time\", \"student\"");
    WhatsAppBody other =
        new WhatsAppBody(TemplateCatalogue.parse(turned, mistake -> assertThat(mistake).isNull()));
    assertThat(other.of(message(MessageTemplate.INGRESO_OK, "es", Map.of())).encode())
        .containsSubsequence("Puerta Norte", "07:52", "Ana Rojas");
  }

  @Test
  void what_the_provider_would_refuse_is_not_sent() {
    refused(Map.of("gate", " "), "gate is empty");
    refused(Map.of("student", "x".repeat(1_000)), "longer than 1,024");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bodies.of(message(MessageTemplate.INGRESO_OK, "fr", Map.of())))
        .withMessageContaining("no such template");
  }

  private void refused(Map<String, String> facts, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bodies.of(message(MessageTemplate.INGRESO_OK, "es", facts)))
        .withMessageContaining(why)
        .as("names nobody")
        .withMessageNotContaining("Ana");
  }

  @Test
  void a_message_names_nobody_when_it_is_logged() {
    assertThat(message(MessageTemplate.INGRESO_OK, "es", Map.of())).hasToString(ID + "#1");
  }

  private static ClaimedMessage message(
      MessageTemplate template, String language, Map<String, String> other) {
    Map<String, String> facts = new HashMap<>();
    Map<String, String> all =
        Map.ofEntries(
            Map.entry("student", "Ana Rojas"),
            Map.entry("time", "07:52"),
            Map.entry("gate", "Puerta Norte"),
            Map.entry("entry", "08:00"),
            Map.entry("days", "10 de junio de 2026"),
            Map.entry("answer", "aprobada (visto)"),
            Map.entry("guardian", "María Soto"),
            Map.entry("school", "Colegio Uno"),
            Map.entry("link", "https://x.example/p#abc"),
            Map.entry("day", "miércoles 10 de junio"),
            Map.entry("change", "salida a las 12:30"),
            Map.entry("reason", "consejo de profesores"),
            Map.entry("subject", "Reunión de apoderados"),
            Map.entry("text", "Nos vemos el jueves."));
    template.facts().forEach(name -> facts.put(name, all.get(name)));
    if (template.facts().contains("time")) {
      facts.put("day", "miércoles 10 de junio");
    }
    facts.putAll(other);
    return new ClaimedMessage(
        ID,
        ID,
        1,
        Channel.WHATSAPP,
        "+56911111111",
        template.code(),
        language,
        new ClaimedMessage.Facts(facts),
        Instant.EPOCH,
        Instant.MAX,
        0,
        true);
  }
}
