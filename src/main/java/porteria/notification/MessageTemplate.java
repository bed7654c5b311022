package porteria.notification;

import porteria.domain.Cause;

/** The wordings, named as the WhatsApp account knows them. */
enum MessageTemplate {
  INGRESO_OK("ingreso_ok"),
  SALIDA_OK("salida_ok"),
  INGRESO_ANULADO("ingreso_anulado"),
  SALIDA_ANULADA("salida_anulada"),
  ACCESO_FAMILIAS("acceso_familias");

  private final String code;

  MessageTemplate(String code) {
    this.code = code;
  }

  /** As it is stored, and sent to WhatsApp; also the name of the email templates. */
  String code() {
    return code;
  }

  /** The wording that tells this cause. */
  static MessageTemplate of(Cause cause) {
    return switch (cause) {
      case ENTRY -> INGRESO_OK;
      case EXIT -> SALIDA_OK;
      case ENTRY_ANNULLED -> INGRESO_ANULADO;
      case EXIT_ANNULLED -> SALIDA_ANULADA;
    };
  }
}
