package porteria.notification;

import java.util.Objects;
import java.util.Optional;
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
    if (mayPass(answer, code)) {
      return new SendOutcome.NotNow(code, Optional.empty());
    }
    return new SendOutcome.Refused(
        code, details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), ""));
  }

  /** Whether the same mail may be accepted later: nothing is wrong with the mail itself. */
  private static boolean mayPass(SesV2Exception answer, String code) {
    int status = answer.statusCode();
    if (status >= 500 || status == 403 || answer.isThrottlingException()) {
      return true;
    }
    return switch (code) {
      // the account: an operator can mend it before the news is stale
      case "LimitExceededException",
          "MailFromDomainNotVerifiedException",
          "SendingPausedException",
          "AccountSuspendedException" ->
          true;
      default -> false;
    };
  }
}
