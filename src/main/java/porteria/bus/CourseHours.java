package porteria.bus;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import porteria.domain.EffectiveSchedule;

/** The hours of a school's courses on one date. */
public record CourseHours(ZoneId zone, LocalDate date, Map<UUID, EffectiveSchedule> byCourse) {}
