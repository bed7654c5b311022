package porteria.domain;

import java.time.LocalTime;

/** The usual hours of a course on a weekday, by the clock on the school's wall. */
public record Hours(LocalTime inTime, LocalTime outTime) {}
