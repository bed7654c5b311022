/** Tests of the rules for scans, each against a whole node over HTTP. */
@NullMarked
package porteria.scan;

import org.jspecify.annotations.NullMarked;
