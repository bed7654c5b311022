/** What an operator may write. */
@org.jspecify.annotations.NullMarked
package porteria.config;
