package porteria.domain;

import java.time.LocalTime;
import java.util.Optional;

/**
 * What an exception says of the hours of one date. What it leaves empty is inherited; a closed day
 * has no hours.
 */
public record HoursChange(
    Optional<LocalTime> inTime, Optional<LocalTime> outTime, boolean closed) {}
