package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Channel;

class MessageWordsTest {

  private static final List<String> LANGUAGES = List.of("es", "en", "pt");
  private static final UUID ID = UUID.fromString("01a1fd50-cdd0-796b-bd27-e41c2f6fa4a5");

  private final MailTexts mails = new MailTexts();

  static Stream<Arguments> everyMessage() {
    return Stream.of(MessageTemplate.values())
        .flatMap(
            template ->
                LANGUAGES.stream().map(language -> Arguments.of(template.code(), language)));
  }

  static Stream<Arguments> everyNews() {
    return everyMessage()
        .filter(each -> !MessageTemplate.ACCESO_FAMILIAS.code().equals(each.get()[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"es", "en", "pt"})
  void the_mail_of_a_link_names_the_guardian_and_the_school_and_leads_there(String language) {
    ClaimedMessage message =
        new ClaimedMessage(
            ID,
            ID,
            1,
            Channel.EMAIL,
            "maria@example.test",
            MessageTemplate.ACCESO_FAMILIAS.code(),
            language,
            ClaimedMessage.Facts.ofLink("María & Soto", "Colegio Uno", "https://x.example/p#abc"),
            Instant.EPOCH);
    MailTexts.Mail mail = mails.compose(message, Optional.empty());
    assertThat(mail.subject()).contains("Colegio Uno").doesNotContain("abc");
    assertThat(mail.text()).contains("María & Soto", "https://x.example/p#abc");
    assertThat(mail.html())
        .contains("María &amp; Soto", "href=\"https://x.example/p#abc\"", "lang=\"" + language);
  }

  @ParameterizedTest
  @MethodSource("everyNews")
  void every_mail_states_who_when_and_where(String template, String language) {
    MailTexts.Mail mail = mails.compose(message(template, language, "Ana Rojas"), Optional.empty());
    assertThat(mail.subject()).contains("Ana Rojas", "07:52").doesNotContain("\n");
    assertThat(mail.text()).contains("Ana Rojas", "07:52", "Puerta Norte", "Colegio Uno");
    assertThat(mail.html())
        .contains("Ana Rojas", "07:52", "Puerta Norte", "Colegio Uno", "lang=\"" + language);
  }

  @Test
  void whatsapp_knows_every_template_in_every_language_with_three_places() throws IOException {
    List<String> known = new ArrayList<>();
    for (Object each : catalogue()) {
      JsonObject template = (JsonObject) each;
      known.add(template.getString("name") + " " + template.getString("language"));
      assertThat(template.getString("body")).contains("{{1}}", "{{2}}", "{{3}}");
    }
    assertThat(known)
        .containsExactlyInAnyOrderElementsOf(
            everyMessage().map(each -> each.get()[0] + " " + each.get()[1]).toList());
  }

  @Test
  void a_whatsapp_message_has_the_shape_that_the_provider_requires() {
    assertThat(WhatsAppBody.of(message("ingreso_ok", "es", "Ana\t\n  Rojas")))
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

  @Test
  void an_empty_parameter_is_not_sent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WhatsAppBody.of(message("ingreso_ok", "es", " ")));
  }

  @Test
  void a_message_names_nobody_when_it_is_logged() {
    assertThat(message("ingreso_ok", "es", "Ana Rojas")).hasToString(ID + "#1");
  }

  private static JsonArray catalogue() throws IOException {
    try (InputStream file = MessageWordsTest.class.getResourceAsStream("/messages/whatsapp.json")) {
      return new JsonArray(Buffer.buffer(Objects.requireNonNull(file, "catalogue").readAllBytes()));
    }
  }

  private static ClaimedMessage message(String template, String language, String student) {
    return new ClaimedMessage(
        ID,
        ID,
        1,
        Channel.WHATSAPP,
        "+56911111111",
        template,
        language,
        new ClaimedMessage.Facts(student, "07:52", "Puerta Norte", "Colegio Uno"),
        Instant.EPOCH);
  }
}
