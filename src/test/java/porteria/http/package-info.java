/** Tests of the door: what strangers send, and what staff read. */
@NullMarked
package porteria.http;

import org.jspecify.annotations.NullMarked;
