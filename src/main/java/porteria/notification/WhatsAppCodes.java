package porteria.notification;

import porteria.domain.FailureClass;

/** What the error codes of the WhatsApp Cloud API mean. */
final class WhatsAppCodes {

  private WhatsAppCodes() {}

  static FailureClass failureClass(int code) {
    if (code >= 200 && code <= 299) {
      return FailureClass.ACCOUNT;
    }
    return switch (code) {
      case 4, 80007, 130429 -> FailureClass.SENDER_RATE;
      case 131056 -> FailureClass.PAIR_RATE;
      case 131048 -> FailureClass.QUALITY;
      case 131049, 130472, 131050 -> FailureClass.USER_CAP;
      case 131026, 131021 -> FailureClass.RECIPIENT;
      case 100, 131008, 131009, 131047, 132000, 132001, 132005, 132007, 132012 ->
          FailureClass.OUR_MISTAKE;
      case 132015, 132016 -> FailureClass.TEMPLATE;
      case 0, 3, 10, 33, 190, 368, 131031, 131042, 131045, 133010 -> FailureClass.ACCOUNT;
      default -> FailureClass.TRANSIENT;
    };
  }
}
