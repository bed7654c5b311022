package porteria.domain;

import java.util.Optional;

/** What makes a message owed. Together with the id of the thing that caused it, it is owed once. */
public enum Cause {
  ENTRY(MessageType.INGRESO_OK),
  EXIT(MessageType.SALIDA_OK),
  ENTRY_ANNULLED(MessageType.INGRESO_OK),
  EXIT_ANNULLED(MessageType.SALIDA_OK),
  /** The pupil had not entered by the course's time and its grace. */
  NO_SHOW(MessageType.NO_INGRESO_UMBRAL),
  /** The same, told although a gate was dark and the pupil may have entered there. */
  NO_SHOW_GATE_OFFLINE(MessageType.NO_INGRESO_UMBRAL),
  /** A scan proves that the pupil was there after all. */
  ARRIVED(MessageType.NO_INGRESO_UMBRAL);

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
      case NO_SHOW, NO_SHOW_GATE_OFFLINE -> Optional.of(ARRIVED);
      case ENTRY_ANNULLED, EXIT_ANNULLED, ARRIVED -> Optional.empty();
    };
  }

  /** Whether it tells families that something they were told was a mistake. */
  public boolean isCorrection() {
    return correction().isEmpty();
  }
}
