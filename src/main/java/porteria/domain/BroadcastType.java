package porteria.domain;

/** What everybody can be told. */
public enum BroadcastType {
  /** Other hours than usual on one day. */
  CAMBIO_HORARIO(MessageTemplate.CAMBIO_HORARIO),
  /** Anything else, in the school's own words; by mail alone. */
  AVISO(MessageTemplate.AVISO);

  private final MessageTemplate template;

  BroadcastType(MessageTemplate template) {
    this.template = template;
  }

  /** The wording that tells it. */
  public MessageTemplate template() {
    return template;
  }

  /**
   * Whose choice of channels applies. Families choose none for a school's own words: they get them
   * where they want to hear of changes of the hours.
   */
  public MessageType chosenBy() {
    return MessageType.CAMBIO_HORARIO;
  }
}
