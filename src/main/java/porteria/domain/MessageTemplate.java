package porteria.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The wordings, named as the WhatsApp account knows them, and the facts that each can tell. */
public enum MessageTemplate {
  INGRESO_OK("student time gate"),
  SALIDA_OK("student time gate"),
  INGRESO_ANULADO("student time gate"),
  SALIDA_ANULADA("student time gate"),
  /** {@code entry} is when the course begins, {@code time} until when the pupil was missing. */
  NO_INGRESO("student time entry"),
  NO_INGRESO_SIN_CONEXION("student time entry"),
  LLEGADA_TRAS_AVISO("student time gate"),
  /** {@code days} and {@code answer} in words of the message's language. */
  AUSENCIA_RESUELTA("student days answer"),
  ACCESO_FAMILIAS("guardian school link"),
  /** {@code change} in words of the message's language. */
  CAMBIO_HORARIO("student day change reason"),
  /** In a school's own words, which WhatsApp takes from nobody. */
  AVISO("student subject text");

  /** Separated by spaces. */
  private final String facts;

  MessageTemplate(String facts) {
    this.facts = facts;
  }

  /** As it is stored, and sent to WhatsApp. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the WhatsApp account must have approved it; what it has not goes by mail alone. */
  public boolean byWhatsApp() {
    return this != AVISO;
  }

  /** The names of what it tells; nothing of it is ever empty. */
  public Set<String> facts() {
    return Set.of(facts.split(" ", -1));
  }

  /** The wording of a {@link #code}. */
  public static Optional<MessageTemplate> of(String code) {
    return Arrays.stream(values()).filter(template -> template.code().equals(code)).findFirst();
  }

  /** The wording that tells this cause. */
  public static MessageTemplate of(Cause cause) {
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
