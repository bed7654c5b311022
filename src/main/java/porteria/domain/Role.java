package porteria.domain;

/** What a person or machine may do. Director includes inspector, admin includes director. */
public enum Role {
  TEACHER(1),
  INSPECTOR(2),
  DIRECTOR(3),
  ADMIN(4),
  KIOSK(0);

  /** Staff of a higher rank may do what those below may; rank 0 stands outside. */
  private final int rank;

  Role(int rank) {
    this.rank = rank;
  }

  /** Whether this role may do what {@code required} may do. */
  public boolean includes(Role required) {
    return this == required || (required.rank > 0 && rank >= required.rank);
  }
}
