/** Portería: scans at a school's gates become messages to families. */
@org.jspecify.annotations.NullMarked
package porteria;
