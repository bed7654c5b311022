package porteria.embedded.morning;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import porteria.domain.Channel;

/** What a message says, by the names of the templates. */
enum MessageKind {
  INGRESO_OK("entró al colegio"),
  SALIDA_OK("salió del colegio"),
  NO_INGRESO("no registra ingreso a las [^\\n]+\\s+Si ya sabes el motivo"),
  NO_INGRESO_SIN_CONEXION("no registra ingreso a las [^\\n]+\\s+Una de las puertas está sin"),
  LLEGADA_TRAS_AVISO("sí pasó por"),
  INGRESO_ANULADO("por \\S.* fue registrado por error"),
  SALIDA_ANULADA("por \\S.* fue registrada por error"),
  AUSENCIA_RESUELTA("(?i)solicitud de ausencia de"),
  /** A link that a guardian asked for: no news of the day. */
  ACCESO_FAMILIAS("enlace para ver la asistencia"),
  /** None of those that a school day causes. */
  OTHER("(?!)");

  /** What its mail says; the families of the demonstration read Spanish. */
  private final Pattern words;

  MessageKind(String words) {
    this.words = Pattern.compile(words);
  }

  static MessageKind of(Told message) {
    return Arrays.stream(values()).filter(kind -> kind.fits(message)).findFirst().orElse(OTHER);
  }

  /** The name of its template. */
  String template() {
    return name().toLowerCase(Locale.ROOT);
  }

  private boolean fits(Told message) {
    return message.address().channel() == Channel.WHATSAPP
        ? message.template().equals(template())
        : words.matcher(message.text()).find();
  }
}
