@NullMarked
package porteria.photo;

import org.jspecify.annotations.NullMarked;
