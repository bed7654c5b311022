package porteria.domain;

/** What a message tells; guardians choose channels for each. The names are the customer's. */
public enum MessageType {
  INGRESO_OK,
  SALIDA_OK,
  NO_INGRESO_UMBRAL,
  CAMBIO_HORARIO
}
