package porteria.bus;

import java.util.List;
import java.util.Optional;

/**
 * Some exceptions.
 *
 * @param next where the next page begins; empty on the last
 */
public record ExceptionPage(List<ScheduleException> items, Optional<PagePlace> next) {}
