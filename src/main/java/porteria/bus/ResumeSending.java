package porteria.bus;

import porteria.domain.Channel;
import porteria.domain.PauseScope;

/**
 * Ends a pause: what it parked is sent.
 *
 * @param subject of a template its name and language, such as {@code ingreso_ok/es}; else empty
 */
public record ResumeSending(ByStaff by, Channel channel, PauseScope scope, String subject) {}
