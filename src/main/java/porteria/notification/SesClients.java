package porteria.notification;

import java.time.Duration;
import porteria.config.EmailSettings;
import porteria.config.NotificationSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;

/**
 * How the SDK is set up: it calls once. Left alone it repeats a slow call up to four times, and a
 * slow call may well have sent the mail.
 */
final class SesClients {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  private SesClients() {}

  static SesV2Client open(EmailSettings account, NotificationSettings sending) {
    Duration call = sending.callTimeout();
    SesV2ClientBuilder builder =
        SesV2Client.builder()
            .region(Region.of(account.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        account.accessKeyId().value(), account.secretAccessKey().value())))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(call.compareTo(CONNECT_LIMIT) < 0 ? call : CONNECT_LIMIT)
                    .socketTimeout(call))
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(call)
                        .apiCallAttemptTimeout(call));
    account.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
