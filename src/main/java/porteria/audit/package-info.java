/**
 * The audit trail: who did what to which record, and what it was before and after. It is written in
 * the transaction of the act itself, so there is no act without its entry and no entry without its
 * act.
 *
 * <p>Entries are only ever added, and chained per school: each carries the hash of the one before
 * it. A hash is the SHA-256 of these fields, in this order: the text {@code porteria-audit-1}, the
 * school, the number within the school, the microseconds since 1970-01-01T00:00Z, the actor's kind,
 * id and role, the IP address, the action, the entity and its id, what it was before and after, and
 * the hash of the entry before in lower-case hexadecimal (64 zeros before the first). A field is
 * its length in bytes, a big-endian 32-bit number, and its UTF-8; a missing one is the length -1
 * alone. Numbers are decimal, ids in lower case, and what was before and after is the text that
 * PostgreSQL makes of a {@code jsonb}, where the order of the members no longer matters.
 *
 * <p>The database numbers and hashes as it inserts, under the lock of one row per school. {@link
 * porteria.audit.AuditHash} does the hash a second time, so that a check believes nothing the
 * database says.
 */
@org.jspecify.annotations.NullMarked
package porteria.audit;
