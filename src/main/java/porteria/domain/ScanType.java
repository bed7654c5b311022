package porteria.domain;

/** The direction of a pupil through a gate. */
public enum ScanType {
  IN,
  OUT
}
