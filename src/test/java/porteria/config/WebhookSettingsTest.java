package porteria.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What proves that a provider speaks is optional, and never half there. */
class WebhookSettingsTest {

  @Test
  void without_any_of_it_no_provider_is_listened_to() {
    WebhookSettings none = read(new JsonObject());
    assertThat(none.whatsApp()).isEmpty();
    assertThat(none.snsTopics()).isEmpty();
  }

  @Test
  void all_of_it_is_read_and_not_shown() {
    WebhookSettings all =
        read(
            whatsApp("0123456789abcdef0123456789abcdef", "una palabra")
                .put(
                    "email",
                    new JsonObject()
                        .put(
                            "sns-topics",
                            "arn:aws:sns:us-east-1:123456789012:a,arn:aws-cn:sns:cn-north-1:123456789012:b")));
    assertThat(all.whatsApp().orElseThrow().verifyToken().value()).isEqualTo("una palabra");
    assertThat(all.snsTopics()).hasSize(2);
    assertThat(all.toString()).doesNotContain("0123456789abcdef", "una palabra");
  }

  @Test
  void one_secret_without_the_other_is_a_mistake() {
    assertThatThrownBy(
            () ->
                read(
                    new JsonObject()
                        .put("whatsapp", new JsonObject().put("verify-token", "una palabra"))))
        .hasMessageContaining("go together");
  }

  @Test
  void short_secrets_and_what_is_no_topic_are_mistakes() {
    assertThatThrownBy(
            () ->
                read(
                    whatsApp("short", "word")
                        .put("email", new JsonObject().put("sns-topics", "porteria-ses"))))
        .hasMessageContaining("whatsapp.app-secret is too short")
        .hasMessageContaining("whatsapp.verify-token is too short")
        .hasMessageContaining("email.sns-topics has \"porteria-ses\"");
  }

  private static JsonObject whatsApp(String secret, String word) {
    return new JsonObject()
        .put("whatsapp", new JsonObject().put("app-secret", secret).put("verify-token", word));
  }

  private static WebhookSettings read(JsonObject tree) {
    ConfigReader reader = new ConfigReader(tree);
    WebhookSettings settings = WebhookSettings.from(reader);
    reader.finish();
    return settings;
  }
}
