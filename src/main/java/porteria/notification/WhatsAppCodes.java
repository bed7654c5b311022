package porteria.notification;

import porteria.domain.FailureClass;

/** What the error codes of the WhatsApp Cloud API mean; one that is not known is our mistake. */
final class WhatsAppCodes {

  private WhatsAppCodes() {}

  static FailureClass failureClass(int code) {
    if (code >= 200 && code <= 299) {
      return FailureClass.ACCOUNT;
    }
    return switch (code) {
      case 1, 2, 131000, 131016, 131057, 133004 -> FailureClass.TRANSIENT;
      case 4, 80007, 130429 -> FailureClass.SENDER_RATE;
      case 131056 -> FailureClass.PAIR_RATE;
      case 131048 -> FailureClass.QUALITY;
      case 131049, 130472, 131050 -> FailureClass.USER_CAP;
      case 131026, 131021 -> FailureClass.RECIPIENT;
      case 132015, 132016 -> FailureClass.TEMPLATE;
      case 0, 3, 10, 33, 190, 368, 131031, 131042, 131045, 133010 -> FailureClass.ACCOUNT;
      default -> FailureClass.OUR_MISTAKE;
    };
  }
}
