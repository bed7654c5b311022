/**
 * Tells families what they are owed: expands announcements, claims messages, calls the providers.
 *
 * <pre>
 * notification.due, poll ─▶ expand ─▶ claim ─▶ WhatsAppClient, EmailClient ─▶ outcome ─▶ recorded in batches
 *                             ▲                                                │
 *                             └───────────── while there is more ──────────────┘
 * </pre>
 *
 * <p>All state is in the tables drawn in {@link porteria.outbox}: several instances and nodes work
 * side by side, and one that is killed is taken over when its leases expire.
 */
@org.jspecify.annotations.NullMarked
package porteria.notification;
