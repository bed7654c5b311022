/** Tests of the demonstration's schools and files. */
@org.jspecify.annotations.NullMarked
package porteria.embedded.demo;
