package porteria.notification;

import java.util.Objects;
import porteria.domain.FailureClass;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** What the refusals of SES mean. The SDK's {@code retryable()} is false for all of them. */
final class SesAnswers {

  private SesAnswers() {}

  static SendOutcome read(SesV2Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code =
        details == null
            ? "HTTP " + answer.statusCode()
            : Objects.requireNonNullElse(details.errorCode(), "HTTP " + answer.statusCode());
    return new SendOutcome.Failed(
        classOf(answer, code),
        code,
        details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), ""));
  }

  private static FailureClass classOf(SesV2Exception answer, String code) {
    int status = answer.statusCode();
    if (answer.isThrottlingException() || status == 429) {
      return FailureClass.SENDER_RATE;
    }
    if (status >= 500) {
      return FailureClass.TRANSIENT;
    }
    return switch (code) {
      case "LimitExceededException",
          "MailFromDomainNotVerifiedException",
          "SendingPausedException",
          "AccountSuspendedException" ->
          FailureClass.ACCOUNT;
      default -> status == 403 ? FailureClass.ACCOUNT : FailureClass.OUR_MISTAKE;
    };
  }
}
