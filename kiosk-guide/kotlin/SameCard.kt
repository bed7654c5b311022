package porteria.kiosk

/**
 * A camera sees a card in every frame, and a hand trembles before a reader. What is seen again
 * within [quietMillis] of having been seen last is the same showing of the card.
 *
 * It spares the queue. That a pupil is not told twice is the server's part, by its repeat window.
 *
 * @param nowMillis a clock that nobody sets, such as `SystemClock::elapsedRealtime`
 */
class SameCard(private val quietMillis: Long = 3_000, private val nowMillis: () -> Long) {
    private var last = ""
    private var lastSeen = 0L

    @Synchronized
    fun isNew(text: String): Boolean {
        val now = nowMillis()
        val again = text == last && now - lastSeen < quietMillis
        last = text
        lastSeen = now
        return !again
    }
}
