/** What the database itself guarantees, asked of its catalogue. */
@NullMarked
package porteria.db;

import org.jspecify.annotations.NullMarked;
