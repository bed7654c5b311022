package porteria.testkit;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import porteria.webhook.SnsResources;

/**
 * Amazon SNS with a key of its own, whose certificate the server finds at the usual address. Wraps
 * and signs what SES tells.
 */
public final class TestAmazon implements SnsResources {

  public static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:porteria-ses";

  public static final String CERTIFICATE =
      "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-7ff5318490ec183fbaddaa2a969abfda.pem";

  private static final String PASSWORD = "for-tests";
  private static final String SHA256 = "SHA256withRSA";

  /** Made when it is needed first. */
  private static final class Keys {
    private static final KeyStore MADE = keys();
  }

  private final List<URI> asked = new CopyOnWriteArrayList<>();

  /** What was asked for, in order. */
  public List<URI> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Future<Buffer> get(URI address) {
    asked.add(address);
    return Future.succeededFuture(
        address.getPath().endsWith(".pem") ? Buffer.buffer(certificate()) : Buffer.buffer("<ok/>"));
  }

  /** A notification that carries what SES tells, signed. */
  public JsonObject notification(JsonObject told) {
    return signed(
        new JsonObject()
            .put("Type", "Notification")
            .put("MessageId", UUID.randomUUID().toString())
            .put("TopicArn", TOPIC)
            .put("Message", told.encode())
            .put("Timestamp", "2026-06-10T11:30:00.000Z")
            .put("SigningCertURL", CERTIFICATE)
            .put("UnsubscribeURL", "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe"));
  }

  /** The request to confirm a subscription, signed. */
  public JsonObject subscription(String url) {
    return signed(
        new JsonObject()
            .put("Type", "SubscriptionConfirmation")
            .put("MessageId", UUID.randomUUID().toString())
            .put("Token", "2336412f37fb687f5d51e6e2425f004a")
            .put("TopicArn", TOPIC)
            .put("Message", "You have chosen to subscribe to the topic.")
            .put("SubscribeURL", url)
            .put("Timestamp", "2026-06-10T11:30:00.000Z")
            .put("SigningCertURL", CERTIFICATE));
  }

  /** The same, signed anew by version 2. */
  public JsonObject signed(JsonObject message) {
    return signed(message, "2", SHA256);
  }

  /** The same, signed anew by another version. */
  public JsonObject signed(JsonObject message, String version, String algorithm) {
    String text =
        Stream.of(
                "Message",
                "MessageId",
                "Subject",
                "SubscribeURL",
                "Timestamp",
                "Token",
                "TopicArn",
                "Type")
            .filter(message::containsKey)
            .map(name -> name + "\n" + message.getString(name) + "\n")
            .collect(Collectors.joining());
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign((PrivateKey) Keys.MADE.getKey("sns", PASSWORD.toCharArray()));
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return message
          .put("SignatureVersion", version)
          .put("Signature", Base64.getEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] certificate() {
    try {
      String base64 =
          Base64.getMimeEncoder()
              .encodeToString(Objects.requireNonNull(Keys.MADE.getCertificate("sns")).getEncoded());
      return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
          .formatted(base64)
          .getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By the JDK's own tool, which is the one way to a certificate without a library. */
  private static KeyStore keys() {
    try {
      Path file = Files.createTempDirectory("porteria-sns").resolve("keys.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "sns",
                  "-keyalg",
                  "RSA",
                  "-keysize",
                  "2048",
                  "-validity",
                  "3650",
                  "-dname",
                  "CN=sns.amazonaws.com",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream stored = Files.newInputStream(file)) {
        keys.load(stored, PASSWORD.toCharArray());
      }
      Files.delete(file);
      Files.delete(Objects.requireNonNull(file.getParent()));
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
