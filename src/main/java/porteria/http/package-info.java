/**
 * The door: the contract's router and its operations, who may call what, pages, the live bridge,
 * and problem documents. Everything decided about scans is decided behind the bus.
 */
@org.jspecify.annotations.NullMarked
package porteria.http;
