/** The pages as people see them: a real browser before a real server. */
@NullMarked
package porteria.browser;

import org.jspecify.annotations.NullMarked;
