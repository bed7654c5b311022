@NullMarked
package porteria.absence;

import org.jspecify.annotations.NullMarked;
