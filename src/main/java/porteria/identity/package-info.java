/**
 * Who works at a school: their passwords, their sessions, and the access tokens that stand for
 * them.
 *
 * <p>A person signs in with mailbox and password, which opens a session. Its access token is a
 * short-lived JWT that names school, person, role, display name, session and version; its refresh
 * token gets the next ones. Each request asks whether the session is still open, and the answer is
 * remembered for seconds: signing out, another role or password, and a lock end it that soon.
 *
 * <pre>
 *   sign in ──► open ──refresh──► open (next generation)
 *                │ ▲ └─ the token before, within the grace: the same answer
 *                │ └─ older than its life: over
 *                └──► ended: signed out · spent token seen again · version raised · locked
 * </pre>
 *
 * <p>A second factor is a one-time code by RFC 6238. {@code vertx-auth-otp} is not used for it: it
 * reads the system's clock, not the injected one, and leaves it to the caller that a code be good
 * once. What remains of it is a dozen lines, {@code OneTimeCodes}; the one use is a condition of
 * the database's.
 */
@org.jspecify.annotations.NullMarked
package porteria.identity;
