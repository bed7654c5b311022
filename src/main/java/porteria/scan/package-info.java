/**
 * Scans: recording them, taking them back, and what a school's day looks like because of them.
 *
 * <p>Whatever waits while the batch connection is busy goes into the next statement:
 *
 * <pre>
 *   scan.submit ──▶ ScanQueue (bounded) ──▶ one transaction ──▶ verdicts, then scan.recorded
 *                        ▲                        │
 *                        └── waits while busy ◀───┘
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package porteria.scan;
