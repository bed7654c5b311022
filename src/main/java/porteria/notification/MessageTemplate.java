package porteria.notification;

import porteria.domain.Cause;

/** The wordings, named as the WhatsApp account knows them. */
enum MessageTemplate {
  INGRESO_OK("ingreso_ok"),
  SALIDA_OK("salida_ok"),
  INGRESO_ANULADO("ingreso_anulado"),
  SALIDA_ANULADA("salida_anulada"),
  NO_INGRESO("no_ingreso"),
  NO_INGRESO_SIN_CONEXION("no_ingreso_sin_conexion"),
  LLEGADA_TRAS_AVISO("llegada_tras_aviso"),
  AUSENCIA_RESUELTA("ausencia_resuelta"),
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
      case NO_SHOW -> NO_INGRESO;
      case NO_SHOW_GATE_OFFLINE -> NO_INGRESO_SIN_CONEXION;
      case ARRIVED -> LLEGADA_TRAS_AVISO;
    };
  }
}
