package porteria.bus;

/**
 * What became of a wish to send messages again.
 *
 * @param queued how many are sent again
 * @param left how many are not: their news are none any more, or nobody may be told
 */
public record RetriedNotifications(int queued, int left) {}
