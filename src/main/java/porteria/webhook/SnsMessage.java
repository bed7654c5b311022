package porteria.webhook;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Amazon SNS wraps around what it passes on. As it was sent: nothing of it is to be believed
 * before its signature is verified.
 */
record SnsMessage(JsonObject json) {

  static final String NOTIFICATION = "Notification";
  static final String SUBSCRIPTION = "SubscriptionConfirmation";
  static final String END_OF_SUBSCRIPTION = "UnsubscribeConfirmation";

  /** The topic's region. */
  private static final Pattern REGION = Pattern.compile("arn:[^:]+:sns:([a-z0-9-]{1,40}):.*");

  private static final List<String> OF_NOTIFICATIONS =
      List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
  private static final List<String> OF_SUBSCRIPTIONS =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  String type() {
    return field("Type").orElse("");
  }

  String topic() {
    return field("TopicArn").orElse("");
  }

  String message() {
    return field("Message").orElse("");
  }

  /** Version 1 signs with SHA-1, which is not good enough any more. */
  boolean isVersion2() {
    return field("SignatureVersion").filter("2"::equals).isPresent();
  }

  Optional<String> signature() {
    return field("Signature");
  }

  /** Where the certificate is whose key signed it; empty when it is not one of Amazon's. */
  Optional<URI> certificate() {
    return amazons("SigningCertURL")
        .filter(url -> url.getRawQuery() == null && url.getPath().endsWith(".pem"));
  }

  /** What is called to confirm a subscription; empty when it is not Amazon's. */
  Optional<URI> subscribeUrl() {
    return amazons("SubscribeURL");
  }

  /**
   * What is signed: names and values of some fields, each with a line end, in the order of the
   * names; fields that are not there are left out. (Amazon SNS Developer Guide, "Verifying the
   * signatures of Amazon SNS messages".)
   */
  byte[] signed() {
    StringBuilder text = new StringBuilder();
    for (String name : type().equals(NOTIFICATION) ? OF_NOTIFICATIONS : OF_SUBSCRIPTIONS) {
      field(name).ifPresent(value -> text.append(name).append('\n').append(value).append('\n'));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Of SNS itself in the region of its topic: the whole name, and no other port. */
  private Optional<URI> amazons(String name) {
    try {
      URI url = new URI(field(name).orElse(""));
      Matcher region = REGION.matcher(topic());
      String host = region.matches() ? "sns." + region.group(1) + ".amazonaws.com" : "";
      boolean genuine =
          "https".equals(url.getScheme())
              && (host.equals(url.getHost()) || (host + ".cn").equals(url.getHost()))
              && url.getRawUserInfo() == null
              && (url.getPort() == -1 || url.getPort() == 443);
      return genuine ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  private Optional<String> field(String name) {
    return json.getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Tokens and mailboxes stay out of logs. */
  @Override
  public String toString() {
    return type();
  }
}
