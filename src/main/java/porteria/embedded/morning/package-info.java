/**
 * Plays a school morning against a running server and judges it from outside: kiosks are REST
 * clients, and what families were told is read from the simulator's inbox. Started by {@code make
 * simulate}; all it knows is {@code demo.json}.
 *
 * <pre>
 * Script ──taps──▶ Kiosk ──KioskLine──▶ the server ──▶ the simulator
 * (a seed)         (queue, retries)        │                │
 *                                       answers          messages
 *                                          ▼                ▼
 *                                       Ledger           Inbox
 *                              (who must be told) ─▶ Matching ─▶ Report
 * </pre>
 *
 * <p>Everything but {@link porteria.embedded.morning.SchoolMorning} runs on one event loop, so
 * nothing here is synchronised.
 */
@NullMarked
package porteria.embedded.morning;

import org.jspecify.annotations.NullMarked;
