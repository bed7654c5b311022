/** The roster over HTTP, on a real database. */
@org.jspecify.annotations.NullMarked
package porteria.roster;
