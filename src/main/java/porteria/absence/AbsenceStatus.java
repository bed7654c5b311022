package porteria.absence;

/** Where a request stands; all but the first are final. */
public enum AbsenceStatus {
  PENDING,
  APPROVED,
  REJECTED,
  /** By the guardian who submitted it, or because the pupil was erased. */
  WITHDRAWN
}
