/**
 * {@code make bench}: how many scans a second are accepted, and how many messages sent, beside what
 * pgbench makes of the same PostgreSQL in the same minutes.
 *
 * <pre>
 * round 1: A  A0 A1 ours    each on emptied tables, after a checkpoint,
 * round 2: A0 A1 ours A     and each one's rows are counted in the database afterwards
 * round 3: A1 ours A  A0 …
 * </pre>
 *
 * <p>The figures of one round stand beside each other, so their ratios mean something on a machine
 * that is slow or busy, where the figures themselves do not.
 */
@NullMarked
package porteria.embedded.bench;

import org.jspecify.annotations.NullMarked;
