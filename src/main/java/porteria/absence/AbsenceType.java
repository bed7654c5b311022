package porteria.absence;

/** Why a pupil will be absent. */
public enum AbsenceType {
  SICKNESS,
  /** An appointment or a treatment. */
  MEDICAL,
  FAMILY,
  TRAVEL,
  OTHER
}
