package porteria.domain;

import java.io.Serial;

/**
 * Carries a {@link Failure} through futures. It has no stack trace: it is an answer, not a defect.
 */
public final class FailureException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  FailureException(Failure failure) {
    super(failure.kind().slug() + ": " + failure.detail(), null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
