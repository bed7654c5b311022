package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import porteria.config.EmailSettings;
import porteria.config.NotificationSettings;
import porteria.domain.UnsubscribeTokens;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** Amazon SES v2. The SDK's calls block, so they have threads of their own. */
final class EmailClient implements ChannelClient {

  private static final Pattern MAILBOX = Pattern.compile("[^@\\s\\p{Cc}]+@[^@\\s\\p{Cc}]+");

  private final WorkerExecutor threads;
  private final Callable<SesV2Client> opening;
  private Future<SesV2Client> ses;
  private final MailTexts texts;
  private final SchoolLooks looks;
  private final String sender;
  private final @Nullable String configurationSet;
  private final UnsubscribeHeaders unsubscribe;

  /** Returns at once: the SDK takes a second to build its client, which the first send awaits. */
  EmailClient(
      Vertx vertx,
      EmailSettings account,
      NotificationSettings sending,
      MailTexts texts,
      SchoolLooks looks,
      UnsubscribeTokens unsubscribing) {
    this.unsubscribe = new UnsubscribeHeaders(unsubscribing);
    this.texts = texts;
    this.looks = looks;
    this.threads =
        vertx.createSharedWorkerExecutor(
            "porteria-email",
            sending.concurrency(),
            // Only when a thread is reported as stuck.
            sending.callTimeout().multipliedBy(2).toNanos(),
            TimeUnit.NANOSECONDS);
    this.opening = () -> SesClients.open(account, sending);
    this.ses = blocking(opening);
    this.sender = account.sender();
    this.configurationSet = account.configurationSet().orElse(null);
  }

  @Override
  public Future<SendOutcome> send(ClaimedMessage message) {
    if (ses.failed()) {
      ses = blocking(opening);
    }
    return looks
        .of(message.schoolId())
        .otherwise(unknown -> SchoolLook.plain(message.facts().get("school")))
        .compose(look -> ses.compose(client -> blocking(() -> call(client, message, look))));
  }

  @Override
  public Future<Void> close() {
    return ses.compose(client -> blocking(() -> close(client)))
        .<Void>mapEmpty()
        .eventually(threads::close);
  }

  private <T> Future<T> blocking(Callable<T> call) {
    return threads.executeBlocking(call, false).map(Objects::requireNonNull);
  }

  private SendOutcome call(SesV2Client client, ClaimedMessage message, SchoolLook look) {
    SendEmailRequest request;
    try {
      request = request(message, look);
    } catch (IllegalArgumentException unfit) {
      return SendOutcome.Failed.unfit(String.valueOf(unfit.getMessage()));
    }
    try {
      @Nullable String id = client.sendEmail(request).messageId();
      return id == null || id.isBlank()
          ? new SendOutcome.Unknown("accepted without a message id")
          : new SendOutcome.Sent(id);
    } catch (SesV2Exception answer) {
      return SesAnswers.read(answer);
    } catch (SdkException noAnswer) {
      return Unreachable.outcome(noAnswer);
    }
  }

  private SendEmailRequest request(ClaimedMessage message, SchoolLook look) {
    if (!MAILBOX.matcher(message.address()).matches()) {
      throw new IllegalArgumentException("the address is not a mailbox");
    }
    Optional<String> link = unsubscribe.link(message);
    MailTexts.Mail mail = texts.compose(message, look, link);
    return SendEmailRequest.builder()
        .fromEmailAddress(sender)
        .configurationSetName(configurationSet)
        .destination(to -> to.toAddresses(message.address()))
        .content(
            content ->
                content.simple(
                    simple ->
                        simple
                            .headers(UnsubscribeHeaders.of(link))
                            .subject(subject -> subject.data(mail.subject()).charset("UTF-8"))
                            .body(
                                body ->
                                    body.text(text -> text.data(mail.text()).charset("UTF-8"))
                                        .html(html -> html.data(mail.html()).charset("UTF-8")))))
        .emailTags(MessageTag.builder().name("notification").value(message.id().toString()).build())
        .build();
  }

  private static boolean close(SesV2Client client) {
    client.close();
    return true;
  }
}
