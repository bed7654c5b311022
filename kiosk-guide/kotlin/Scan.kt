package porteria.kiosk

/** What was read, before it has a number. */
data class Reading(
    val source: Source,
    /** The text as it was read: a whole URI or a bare token. Never cut it up. */
    val token: String,
    val type: Direction,
    val gateId: String,
    val photoExpected: Boolean,
    /** The device's own clock at the moment of reading, RFC 3339 with milliseconds. */
    val capturedAt: String,
)

enum class Source { NFC, QR }

enum class Direction { IN, OUT }

/** A row of the queue. Nothing of it changes between attempts, so neither does the body that is sent. */
data class Scan(val deviceId: String, val localSeq: Long, val reading: Reading)

/** What the server made of one scan. */
sealed interface Verdict {
    /** Recorded. The answer to a batch does not name the pupil. */
    data class Accepted(
        val eventId: String,
        val firstName: String?,
        val duplicate: Boolean,
        val flags: Set<String>,
    ) : Verdict

    /** Refused, and kept by the server as refused; [reason] is of the closed list. */
    data class Rejected(val reason: String) : Verdict

    /** Another scan has this number on the server. */
    data object Conflict : Verdict

    /** The server cannot make a scan of it, now or ever. */
    data class Invalid(val detail: String) : Verdict

    /** Nothing final: the same scan must be sent again. */
    data object TryAgain : Verdict
}

/** What came of one request. */
sealed interface Reply {
    /** One verdict for each scan sent, in their order. */
    data class Judged(val verdicts: List<Verdict>) : Reply

    /** No scan was judged, or the answer is lost. */
    data class Later(val retryAfterSeconds: Long?) : Reply

    /** The token is no longer good: 401 or 403. */
    data class Unwelcome(val status: Int) : Reply
}
