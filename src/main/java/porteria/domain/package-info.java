/** The words and pure rules of the product: no input, no output, no clock of its own. */
@org.jspecify.annotations.NullMarked
package porteria.domain;
