/** Tests of the provider simulator, over real HTTP and with the real AWS SDK. */
@NullMarked
package porteria.embedded.simulator;

import org.jspecify.annotations.NullMarked;
