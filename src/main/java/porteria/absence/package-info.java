/**
 * Requests that a pupil be absent, from the guardian who submits one to the inspector who resolves
 * it.
 *
 * <pre>
 * guardian ── submit ──▶ PENDING ── approve ──▶ APPROVED ─┐
 *                        │    │                           ├─▶ the guardian is told
 *                        │    └──── reject ───▶ REJECTED ─┘
 *                        └─ withdraw, erase ──▶ WITHDRAWN
 * </pre>
 *
 * <p>Staff who know why a pupil is not there excuse the pupil themselves: that is APPROVED from the
 * first, nobody is told, and staff may take it back (WITHDRAWN).
 *
 * <p>Whether an alarm is due for a pupil who did not come is not decided here: whoever looks for
 * missing pupils reads the requests, and a pending one excuses too.
 *
 * <p>One document may be attached while the request is pending. It goes the way of a photo: a row,
 * a signed URL, a look at what came, and deletion in time.
 */
@NullMarked
package porteria.absence;

import org.jspecify.annotations.NullMarked;
