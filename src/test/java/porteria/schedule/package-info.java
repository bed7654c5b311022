/** Who is missing, and when families are told. */
@org.jspecify.annotations.NullMarked
package porteria.schedule;
