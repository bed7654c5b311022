package porteria.kiosk

import kotlin.random.Random

/** What an HTTP status says about the scans of the request. */
enum class Meaning { ACCEPTED, VERDICTS, REJECTED, CONFLICT, INVALID, ENROL, LATER }

/** When a kiosk sends again, and when it must not. */
object RetryRules {
    const val TIMEOUT_MILLIS = 10_000
    private const val FIRST_PAUSE_MILLIS = 500L
    private const val LONGEST_PAUSE_MILLIS = 30_000L
    private const val MOST_DOUBLINGS = 20

    fun meaning(status: Int): Meaning = when (status) {
        200 -> Meaning.VERDICTS
        202 -> Meaning.ACCEPTED
        401, 403 -> Meaning.ENROL
        409 -> Meaning.CONFLICT
        422 -> Meaning.REJECTED
        429 -> Meaning.LATER
        in 400..499 -> Meaning.INVALID
        // 5xx, and what Portería never answers: a captive portal's redirect says nothing about a scan.
        else -> Meaning.LATER
    }

    /**
     * Milliseconds to wait after [failures] in a row: what the server asked for, else a pause that
     * doubles and is drawn between its half and its whole, lest all kiosks come back at once.
     */
    fun pauseMillis(failures: Int, retryAfterSeconds: Long?, random: Random): Long {
        if (retryAfterSeconds != null) return retryAfterSeconds * 1_000
        val grown = FIRST_PAUSE_MILLIS shl (failures - 1).coerceIn(0, MOST_DOUBLINGS)
        val pause = grown.coerceAtMost(LONGEST_PAUSE_MILLIS)
        return pause / 2 + random.nextLong(pause / 2 + 1)
    }
}
