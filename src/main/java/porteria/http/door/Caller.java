package porteria.http.door;

import porteria.domain.Kiosk;
import porteria.identity.ParentSession;
import porteria.identity.StaffSession;

/** Who calls an operation. */
public sealed interface Caller {

  /** Nobody in particular: the operation is public. */
  record Anyone() implements Caller {}

  /** An enrolled kiosk. */
  record AtGate(Kiosk kiosk) implements Caller {}

  /** A program of the operator's, by the worker token. */
  record Worker() implements Caller {}

  /** A guardian of a school. */
  record Parent(ParentSession session) implements Caller {}

  /** A member of staff. */
  record Staff(StaffSession session) implements Caller {}
}
