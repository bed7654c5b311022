package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import porteria.config.ConfigException;
import porteria.config.Secret;
import porteria.config.WhatsAppSettings;
import porteria.testkit.RunningProviders;

class TemplatesCommandTest {

  private static Vertx vertx;
  private static RunningProviders providers;

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    providers = new RunningProviders(vertx);
  }

  @AfterAll
  static void close() {
    providers.close();
    vertx.close().await();
  }

  @AfterEach
  void restore() {
    providers.recover();
  }

  @Test
  void templates_that_are_as_the_catalogue_has_them_end_in_exit_code_0() {
    assertThat(run(providers.whatsApp())).isZero();
    assertThat(printed()).isEqualTo("All 30 templates are approved as the catalogue has them.\n");
  }

  @Test
  void each_difference_is_a_line_and_the_exit_code_is_1() {
    shows("ingreso_ok", "es", "status", "PAUSED");
    shows("salida_ok", "en", "category", "MARKETING");
    shows("salida_ok", "pt_BR", "missing", true);
    shows("no_ingreso", "es", "body", "{{1}} no registra ingreso a las {{2}}.");
    assertThat(run(providers.whatsApp())).isOne();
    assertThat(printed())
        .containsPattern("(?m)^ingreso_ok +es +is PAUSED$")
        .containsPattern("(?m)^salida_ok +en +has the category MARKETING$")
        .containsPattern("(?m)^salida_ok +pt_BR +is missing$")
        .containsPattern("(?m)^no_ingreso +es +takes 2 parameters, not 3$")
        .containsPattern("(?m)^no_ingreso +es +says: \\{\\{1}} no registra ingreso")
        .hasLineCount(6);
  }

  @Test
  void an_account_that_does_not_tell_ends_in_exit_code_1() {
    WhatsAppSettings right = providers.whatsApp();
    WhatsAppSettings wrong =
        new WhatsAppSettings(
            right.baseUrl(),
            right.version(),
            right.phoneNumberId(),
            new Secret("another token"),
            right.messagesPerSecond(),
            right.dailyUsers(),
            right.reservedForAlerts(),
            right.businessAccountId(),
            right.templates());
    assertThat(run(wrong)).isOne();
    assertThat(printed()).isEmpty();
  }

  @Test
  void without_an_account_it_says_what_it_needs() {
    WhatsAppSettings known = providers.whatsApp();
    WhatsAppSettings unknown =
        new WhatsAppSettings(
            known.baseUrl(),
            known.version(),
            known.phoneNumberId(),
            known.token(),
            known.messagesPerSecond(),
            known.dailyUsers(),
            known.reservedForAlerts(),
            Optional.empty(),
            known.templates());
    assertThatThrownBy(() -> new TemplatesCommand(unknown))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("WHATSAPP_BUSINESS_ACCOUNT_ID");
  }

  private int run(WhatsAppSettings account) {
    return new TemplatesCommand(account)
        .run(vertx, new PrintStream(terminal, true, StandardCharsets.UTF_8))
        .await();
  }

  private String printed() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  private static void shows(String name, String language, String field, Object value) {
    providers.showTemplate(
        new JsonObject().put("name", name).put("language", language).put(field, value));
  }
}
