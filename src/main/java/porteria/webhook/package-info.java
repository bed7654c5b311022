/**
 * Where providers tell us things: {@code /webhooks/whatsapp} and {@code /webhooks/ses}.
 *
 * <pre>
 * POST ─▶ who speaks? ─▶ read what we know of it ─▶ notification.report, notification.heed ─▶ 200
 *            └─ 401, 403                                    (answered when it is committed)
 * </pre>
 *
 * <p>Whoever speaks is known by a signature over the body as it came. What is read is read
 * tolerantly: unknown fields pass, and what has another shape than expected is left out, since a
 * provider that is answered with an error tells everything again for days. Bodies, phones and texts
 * are never logged.
 */
@org.jspecify.annotations.NullMarked
package porteria.webhook;
