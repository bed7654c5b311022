/** Tests of the embedded servers: what they promise about data, processes and addresses. */
@NullMarked
package porteria.embedded;

import org.jspecify.annotations.NullMarked;
