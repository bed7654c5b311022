/**
 * When pupils have to be there, and what is done when they are not: the hours of courses with their
 * exceptions, the daily check of each course, alarms that are held back while a gate is dark, and
 * the corrections of those that went out.
 *
 * <pre>
 * hours ──plan──▶ planned_check ──due──▶ no_show ─┬─ every gate was heard ──▶ RAISED ──▶ family
 *   ▲ exceptions                                  └─ a gate is dark ──▶ HELD
 *                                   HELD ── synced, click, max-hold ──▶ RAISED
 *                                   HELD ── there or excused ─────────▶ DROPPED
 *                                   RAISED ── a scan proves the pupil ─▶ DROPPED when nobody was told,
 *                                                                       CORRECTED when somebody was
 * </pre>
 *
 * <p>Nothing here depends on a hint: each round finds its work in the database, and each step is
 * one statement that takes rows nobody else holds, so any number of nodes may run rounds.
 */
@org.jspecify.annotations.NullMarked
package porteria.schedule;
