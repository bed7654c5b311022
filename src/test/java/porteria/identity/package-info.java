/** Tests of signing in. */
@org.jspecify.annotations.NullMarked
package porteria.identity;
