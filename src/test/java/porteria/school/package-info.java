/** What admins keep of their school itself. */
@org.jspecify.annotations.NullMarked
package porteria.school;
