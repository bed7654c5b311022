/**
 * The demonstration of {@code make run}: two invented schools, the file that tells a visitor how to
 * get in, and the secrets of this one machine.
 *
 * <p>Seeding writes {@code demo.json} before it commits: a crash in between leaves a file that the
 * next start overwrites, never schools whose tokens nobody knows.
 */
@org.jspecify.annotations.NullMarked
package porteria.embedded.demo;
