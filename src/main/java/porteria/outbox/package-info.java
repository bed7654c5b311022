/**
 * The one way to owe a family a message, and to take it back.
 *
 * <p>Owing has two steps. Whoever records a cause writes one narrow <em>announcement</em> in the
 * commit of the cause ({@link porteria.outbox.Announcements#INSERT_INTO}). Later the sender expands
 * it into one <em>notification</em> per guardian and channel, by the preferences of that moment,
 * and deletes it in the same commit; so it is in exactly one of the two tables.
 *
 * <pre>
 * cause ──▶ announcement ──expand──▶ QUEUED ──claim──▶ SENDING ──accepted──▶ SENT ─▶ DELIVERED ─▶ READ
 *               │                    │ │ ▲               │ │ │ └──refused, stale──▶ FAILED
 *             annul                  │ │ └─not accepted──┘ │ └──account, number or template paused──▶ PARKED
 *               ▼                annul │ ▲                 └──no answer, lease expired──▶ UNKNOWN
 *             gone                   ▼ │ └─resumed── PARKED                                 │
 *                            CANCELLED │     the provider's word: SENT, DELIVERED, FAILED ◀─┤
 *                                      └─stale─▶ FAILED      else once more, in doubt; then FAILED
 *
 * annul while SENDING or UNKNOWN: recalled; what is under way may end, nothing more is attempted
 * annul of what was told, or may have been: announcement of the correction
 * WhatsApp FAILED or PARKED, SENT and not DELIVERED in time, QUEUED for too long: a mail stands in
 * </pre>
 *
 * <p>A claim counts the attempt before the provider is called, so a family is told at least once,
 * and a second time by the same channel only after an attempt whose outcome nobody learnt. The rows
 * of {@code notification} are written by {@code porteria.notification}; here are only the
 * statements that those who owe put beside their own.
 */
@org.jspecify.annotations.NullMarked
package porteria.outbox;
