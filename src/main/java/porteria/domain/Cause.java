package porteria.domain;

import java.util.Optional;

/** What makes a message owed. Together with the id of the thing that caused it, it is owed once. */
public enum Cause {
  ENTRY(MessageType.INGRESO_OK),
  EXIT(MessageType.SALIDA_OK),
  ENTRY_ANNULLED(MessageType.INGRESO_OK),
  EXIT_ANNULLED(MessageType.SALIDA_OK);

  private final MessageType type;

  Cause(MessageType type) {
    this.type = type;
  }

  /** The message type whose channel preferences apply. */
  public MessageType type() {
    return type;
  }

  /**
   * The cause that tells families that this one was a mistake; empty for corrections themselves.
   */
  public Optional<Cause> correction() {
    return switch (this) {
      case ENTRY -> Optional.of(ENTRY_ANNULLED);
      case EXIT -> Optional.of(EXIT_ANNULLED);
      case ENTRY_ANNULLED, EXIT_ANNULLED -> Optional.empty();
    };
  }
}
