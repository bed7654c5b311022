/**
 * Broadcasts: one message to many families, each address once, naming each child of those who read
 * there.
 *
 * <pre>
 * preview ──▶ PREVIEW ── send ──▶ SENDING ── nothing under way ──▶ SENT
 *                │                   │  ▲                           │ │
 *                │                   │  └────── retry-failed ───────┘ │
 *                └──────── cancel, or the exception is withdrawn ─────┴──▶ CANCELLED
 *
 * recipient:  FROZEN ── chunk ──▶ QUEUED, and a notification in the slow lane
 *                └───── cancel ──▶ CANCELLED
 * </pre>
 *
 * <p>What is sent again after all of it was sent may be stopped by itself: then it ends as SENT
 * once more.
 *
 * <p>A preview freezes whom it goes to, one row an address, and sends nothing. Sending turns those
 * rows into notifications in chunks, one statement each: rows that another node has at that moment
 * are skipped, a chunk that dies never was, and the key of the notifications lets no repeated chunk
 * double. Whether somebody still wants it, and whose names they may read, is asked once more when
 * the sender takes the message ({@link porteria.outbox.Broadcasts}).
 */
@org.jspecify.annotations.NullMarked
package porteria.broadcast;
