package porteria.kiosk

import kotlin.random.Random

/** Where scans wait; [ScanQueue] keeps them in SQLite. */
interface WaitingScans {
    /** The oldest waiting scans, in the order they were read. */
    fun head(limit: Int): List<Scan>

    /** The server has said its last word. */
    fun settle(scan: Scan)

    /** Out of the way of the others, kept for a person to look at. */
    fun setAside(scan: Scan, why: String)

    /** The same scan under the next number, in its old place. */
    fun renumber(scan: Scan)
}

/** The two scan calls; `sent_at` is read from the clock inside, at each attempt anew. */
interface ScanLine {
    fun send(scan: Scan): Reply

    fun send(scans: List<Scan>): Reply
}

/** What to do after a step. */
sealed interface Next {
    data class Wait(val millis: Long) : Next

    /** Nothing is waiting: step again when a card is read. */
    data object Idle : Next

    /** Show the enrolment screen. The queue stays as it is. */
    data object Enrol : Next
}

/**
 * Empties the queue. Call [step] from one thread only: that is what keeps a single request under
 * way, and the scans in order.
 */
class Uploader(
    private val queue: WaitingScans,
    private val line: ScanLine,
    private val random: Random = Random.Default,
    /** Called with every final verdict, on the uploader's thread. */
    private val judged: (Scan, Verdict) -> Unit,
) {
    /** The server says how many it takes: `config.max_batch` of a heartbeat's answer. */
    @Volatile var maxBatch = 500

    private var failures = 0

    fun step(): Next {
        val waiting = queue.head(maxBatch)
        if (waiting.isEmpty()) return Next.Idle
        // A few are sent one by one, for only that answer has the name to show; a backlog goes in bulk.
        val parcel = if (waiting.size <= FEW) waiting.take(1) else waiting
        val reply = if (parcel.size == 1) line.send(parcel.single()) else line.send(parcel)
        return when (reply) {
            is Reply.Unwelcome -> Next.Enrol
            is Reply.Later -> pause(reply.retryAfterSeconds)
            is Reply.Judged -> settle(parcel, reply.verdicts)
        }
    }

    private fun settle(parcel: List<Scan>, verdicts: List<Verdict>): Next {
        var again = false
        parcel.zip(verdicts).forEach { (scan, verdict) ->
            when (verdict) {
                is Verdict.Accepted, is Verdict.Rejected -> queue.settle(scan)
                is Verdict.Conflict -> queue.renumber(scan)
                is Verdict.Invalid -> queue.setAside(scan, verdict.detail)
                is Verdict.TryAgain -> again = true
            }
            if (verdict !is Verdict.TryAgain) judged(scan, verdict)
        }
        if (again) return pause(null)
        failures = 0
        return Next.Wait(0)
    }

    private fun pause(retryAfterSeconds: Long?): Next {
        failures++
        return Next.Wait(RetryRules.pauseMillis(failures, retryAfterSeconds, random))
    }

    private companion object {
        const val FEW = 5
    }
}
