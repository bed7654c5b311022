package porteria.embedded.simulator;

import java.util.Arrays;
import java.util.Optional;

/** What a faulty provider does to a send. */
enum FaultMode {
  /** Serves as if there were no fault; shields a recipient from the faults behind it. */
  OK("ok", true),
  /** Refuses with an outage. */
  OUTAGE("500", false),
  /** Refuses with the provider's rate limit. */
  THROTTLED("429", false),
  /** Takes the message and never answers. */
  TIMEOUT("timeout", true),
  /** Takes the message and cuts the connection. */
  DROP("drop", true),
  /** Takes the message and answers 200 with a body that is not the provider's. */
  GARBAGE("garbage", true),
  /** Takes the message and answers late. */
  SLOW("slow", true),
  /** Refuses with a chosen error code. */
  CODE("code", false);

  private final String wire;
  private final boolean takesMessage;

  FaultMode(String wire, boolean takesMessage) {
    this.wire = wire;
    this.takesMessage = takesMessage;
  }

  static Optional<FaultMode> of(String wire) {
    return Arrays.stream(values()).filter(mode -> mode.wire.equals(wire)).findFirst();
  }

  /** Its name in the JSON. */
  String wire() {
    return wire;
  }

  /** Whether the message is delivered although the answer may be lost. */
  boolean takesMessage() {
    return takesMessage;
  }
}
