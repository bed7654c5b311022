package porteria.domain;

/** How a message reaches a guardian. */
public enum Channel {
  WHATSAPP,
  EMAIL
}
