/** What the server's door promises. */
@NullMarked
package porteria.http;

import org.jspecify.annotations.NullMarked;
