/** Tests of telling families, on a real PostgreSQL and over real HTTP. */
@org.jspecify.annotations.NullMarked
package porteria.notification;
