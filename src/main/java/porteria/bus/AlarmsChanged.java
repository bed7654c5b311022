package porteria.bus;

import java.util.UUID;

/** Alarms of a school were held back, raised, dropped or corrected. */
public record AlarmsChanged(UUID schoolId) {}
