/** The audit trail on a real database: what is written down stays as it was written. */
@NullMarked
package porteria.audit;

import org.jspecify.annotations.NullMarked;
