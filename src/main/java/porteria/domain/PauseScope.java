package porteria.domain;

/** What a provider lets nobody use for now. */
public enum PauseScope {
  ACCOUNT,
  NUMBER,
  TEMPLATE
}
