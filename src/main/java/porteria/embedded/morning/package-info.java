/**
 * Plays a school morning, or a whole day, against a running server and judges it from outside:
 * kiosks are REST clients, and what families were told is read from the simulator's inbox. All it
 * knows is {@code demo.json}. {@code make simulate} plays the morning:
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
 * <p>{@code make day} starts a server of its own in time-lapse and plays the day, with the staff in
 * it and the alarms of who is missing:
 *
 * <pre>
 * DayScript ──taps──▶ Gate (Kiosk, Heartbeat) ──▶ the server ──▶ the simulator
 *     │               Office (staff) ──────────▶      │                │
 *     │                        │ what staff see    answers          messages
 *     │                        ▼                      ▼                ▼
 *     └─ who is missing ──▶ StaffView             DayLedger          Inbox
 *                                            (who must be told) ─▶ DayJudgement ─▶ DayReport
 * </pre>
 *
 * <p>Everything but {@link porteria.embedded.morning.SchoolMorning} and {@link
 * porteria.embedded.morning.SchoolDay}, with the {@link porteria.embedded.morning.DemoServer} that
 * it starts, runs on one event loop, so nothing here is synchronised.
 */
@NullMarked
package porteria.embedded.morning;

import org.jspecify.annotations.NullMarked;
