package porteria.notification;

import java.util.Optional;
import porteria.bus.DeliveryReport;
import porteria.domain.FailureClass;

/** What a failure that a provider reports later means, by the same classes as a refusal at once. */
final class ReportedFailures {

  private ReportedFailures() {}

  /** Empty when the report is of no failure, or of one that the provider is still mending. */
  static Optional<FailureClass> of(DeliveryReport report) {
    return switch (report.status()) {
      case SENT, DELIVERED, READ, COMPLAINED -> Optional.empty();
      case BOUNCED -> report.permanent() ? Optional.of(FailureClass.RECIPIENT) : Optional.empty();
      case FAILED ->
          Optional.of(
              switch (report.channel()) {
                case WHATSAPP -> ofWhatsApp(report.code().orElse(""));
                // SES would not send what we composed.
                case EMAIL -> FailureClass.OUR_MISTAKE;
              });
    };
  }

  private static FailureClass ofWhatsApp(String code) {
    return code.matches("[0-9]{1,9}")
        ? WhatsAppCodes.failureClass(Integer.parseInt(code))
        : FailureClass.TRANSIENT;
  }
}
