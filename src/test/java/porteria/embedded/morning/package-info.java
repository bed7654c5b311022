/** Tests of the played morning, against a small server of their own that keeps the contract. */
@NullMarked
package porteria.embedded.morning;

import org.jspecify.annotations.NullMarked;
