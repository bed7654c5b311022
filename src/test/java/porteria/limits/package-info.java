/** Tests of allowances, on a real Redis. */
@NullMarked
package porteria.limits;

import org.jspecify.annotations.NullMarked;
