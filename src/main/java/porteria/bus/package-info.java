/**
 * How the working features are reached: a catalogue of typed addresses, the records that travel,
 * and one wrapper. The bus is at-most-once, so nothing that must happen depends on a message
 * arriving.
 */
@org.jspecify.annotations.NullMarked
package porteria.bus;
