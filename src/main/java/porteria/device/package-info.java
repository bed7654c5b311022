/**
 * The kiosks that stand at the gates: the tokens they carry, and which kiosk a token stands for.
 *
 * <p>Every scan asks that question, so its answer is remembered for a few seconds, and what is not
 * remembered is asked of the database in company:
 *
 * <pre>
 *  token ─▶ remembered, read less than 5 s ago? ── yes ─▶ kiosk, or nobody
 *              │ no
 *              ▼
 *           waiting (one entry a token) ─▶ one statement at a time for all that wait ─▶ remembered
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package porteria.device;
