package porteria.embedded.simulator;

/** The two ways a family is reached. The names are those of the JSON. */
enum Channel {
  WHATSAPP("WhatsApp"),
  EMAIL("Correo");

  private final String label;

  Channel(String label) {
    this.label = label;
  }

  /** What a page calls it. */
  String label() {
    return label;
  }
}
