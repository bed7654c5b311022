/** The server as a process: started, stopped, killed and misconfigured from outside. */
@NullMarked
package porteria;

import org.jspecify.annotations.NullMarked;
