/**
 * Turns committed changes into the dashboards' frames: one a tick and school, never one a scan, and
 * none where nobody watches.
 */
@org.jspecify.annotations.NullMarked
package porteria.live;
