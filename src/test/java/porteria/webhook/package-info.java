@org.jspecify.annotations.NullMarked
package porteria.webhook;
