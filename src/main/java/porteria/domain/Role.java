package porteria.domain;

/** What a person or machine may do. Director includes inspector, admin includes director. */
public enum Role {
  TEACHER,
  INSPECTOR,
  DIRECTOR,
  ADMIN,
  KIOSK;

  /** Whether this role may do what {@code required} may do. */
  public boolean includes(Role required) {
    return this == required || (isStaff() && required.isStaff() && ordinal() >= required.ordinal());
  }

  private boolean isStaff() {
    return this != KIOSK;
  }
}
