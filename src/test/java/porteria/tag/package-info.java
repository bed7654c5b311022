/** Tests of the cards, over HTTP, from their making to the gate. */
@org.jspecify.annotations.NullMarked
package porteria.tag;
