package porteria.bus;

/** Raises the alarms a school holds back, without waiting for the gates. */
public record ReleaseAlarms(ByStaff by) {}
