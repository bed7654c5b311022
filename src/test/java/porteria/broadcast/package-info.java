/** Tests of broadcasts, from the API to what families read. */
@NullMarked
package porteria.broadcast;

import org.jspecify.annotations.NullMarked;
