/** Tests of the pure rules. */
@NullMarked
package porteria.domain;

import org.jspecify.annotations.NullMarked;
