/**
 * Stands in for WhatsApp and Amazon SES on one local port, and shows what a family would read.
 *
 * <p>It is as strict as the providers are, it can be told to fail like them, and it counts what the
 * providers never tell: how often the same notification was sent. A send passes these doors, and
 * the first one that refuses answers:
 *
 * <pre>
 * credentials ─▶ fault? ─▶ request well formed? ─▶ rate ─▶ inbox ─▶ answer
 *                  │                                        └─▶ journal, webhook
 *                  └ 500, 429, code: refused, nothing is kept
 *                    timeout, drop, garbage: kept, and the answer is lost
 *                    code, with accepted: taken, and reported as failed by the webhook
 * </pre>
 *
 * <p>Everything runs on one event loop, so nothing here is synchronised. Start it with {@link
 * porteria.embedded.simulator.Simulator#start}.
 */
@NullMarked
package porteria.embedded.simulator;

import org.jspecify.annotations.NullMarked;
