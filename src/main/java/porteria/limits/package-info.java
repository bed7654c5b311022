/**
 * How fast something may go, shared by all nodes: buckets that stand in Redis and, while it does
 * not answer, beside whoever asks.
 */
@NullMarked
package porteria.limits;

import org.jspecify.annotations.NullMarked;
