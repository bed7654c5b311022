package porteria.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.testkit.WantedTemplates;

class TemplateCatalogueTest {

  private final String text = WantedTemplates.text();

  @Test
  void the_catalogue_that_we_ship_has_no_mistake() {
    assertThat(mistakes(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name": "salida_ok", "language": "pt"  | "name": "salida_ok", "language": "es" | salida_ok/es is there twice
          "name": "salida_ok", "language": "pt"  | "name": "salida", "language": "pt"    | salida_ok/pt is missing
          "student", "time", "gate"              | "student", "hour", "gate"  | ingreso_ok/es names the parameter "hour"
          "category": "UTILITY"                  | "category": "MARKETING"    | ingreso_ok/es has the category MARKETING
          a las {{2}} por {{3}}                  | por {{2}}                  | ingreso_ok/es has 3 parameters, but the places [1, 2]
          "category"                             | "kategory"                 | each template has [name, language, whatsapp_language
          "category": "UTILITY"                  | "category": null           | each template has [name, language, whatsapp_language
          "whatsapp_language": "pt_BR"           | "whatsapp_language": "pt"    | ingreso_ok/pt has the whatsapp_language "pt": allowed are [pt_BR, pt_PT]
          "whatsapp_language": "es"              | "whatsapp_language": "en"    | ingreso_ok/es has the whatsapp_language "en"
          "whatsapp_language": "es"              | "whatsapp_language": "es-CL" | ingreso_ok/es has the whatsapp_language "es-CL"
          "Llegó al colegio: {{1}} entró         | "{{1}} entró               | ingreso_ok/es begins with a parameter
          "Llegó al colegio: {{1}} entró         | "¡{{1}} entró              | ingreso_ok/es begins with a parameter
          por {{3}}. Que tenga un buen día.      | por {{3}}                  | ingreso_ok/es ends with a parameter
          por {{3}}. Que tenga un buen día.      | por {{3}}.                 | ingreso_ok/es ends with a parameter
          a las {{2}} por {{3}}                  | a las {{2}} {{3}}          | ingreso_ok/es has parameters side by side
          {{1}} (fecha: {{2}})                   | {{1}} ({{2}})              | ausencia_resuelta/es has parameters side by side
          [                                      | {                          | it is not a JSON array
          """)
  void each_mistake_is_said(String right, String wrong, String mistake) {
    assertThat(mistakes(text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))))
        .anySatisfy(said -> assertThat(said).startsWith(mistake));
  }

  @Test
  void a_template_may_be_portugals() {
    assertThat(mistakes(text.replace("pt_BR", "pt_PT"))).isEmpty();
  }

  @Test
  void each_body_has_more_than_two_words_for_each_parameter() {
    assertThat(WantedTemplates.catalogue().templates())
        .allSatisfy(
            each ->
                assertThat(
                        Pattern.compile("[^\\s{}]*\\p{L}[^\\s{}]*").matcher(each.body()).results())
                    .as(each.name() + "/" + each.language())
                    .hasSizeGreaterThan(2 * each.parameters().size()));
  }

  @Test
  void a_fact_that_looks_like_a_place_is_none() {
    WhatsAppTemplate template =
        TemplateCatalogue.parse(text, mistake -> {}).find("ingreso_ok", "es").orElseThrow();
    assertThat(template.filled(Map.of("student", "{{2}} $1", "time", "07:52", "gate", "Norte")))
        .isEqualTo(
            "Llegó al colegio: {{2}} $1 entró a las 07:52 por Norte. Que tenga un buen día.");
  }

  private static List<String> mistakes(String text) {
    List<String> mistakes = new ArrayList<>();
    TemplateCatalogue.parse(text, mistakes::add);
    return mistakes;
  }
}
