package porteria.bus;

/**
 * What became of alarms that were held back.
 *
 * @param raised pupils whose families are told
 * @param dropped pupils who turned out to be there or excused
 */
public record AlarmsReleased(int raised, int dropped) {}
