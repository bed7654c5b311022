package porteria.kiosk

import android.content.SharedPreferences
import org.json.JSONObject

/** What the enrolment screen is told. */
sealed interface Enrolled {
    data class Done(val deviceId: String, val gateId: String, val school: String) : Enrolled

    /** Wrong, used or expired; the server does not say which. */
    data object WrongCode : Enrolled

    /** No network, or a busy server: the code is still good. */
    data class NotNow(val retryAfterSeconds: Long?) : Enrolled
}

/**
 * Exchanges the code that an admin reads out for a token. On the thread that stores scans.
 *
 * @param settings plain preferences: ids and names are no secrets
 */
class Enrolment(
    private val api: PorteriaApi,
    private val tokens: TokenStore,
    private val settings: SharedPreferences,
    private val queue: ScanQueue,
) {
    /** @param typed as typed: case, blanks and the hyphen do not matter to the server */
    fun enrol(typed: String): Enrolled {
        val answer = api.call("POST", "/devices/enroll", JSONObject().put("enrolment_code", typed))
        return when {
            answer == null || answer.status == 429 || answer.status >= 500 ->
                Enrolled.NotNow(answer?.retryAfterSeconds)
            answer.status != 201 -> Enrolled.WrongCode
            else -> take(answer.body)
        }
    }

    private fun take(body: JSONObject): Enrolled {
        val deviceId = body.getString("device_id")
        val gateId = body.getString("gate_id")
        val school = body.getJSONObject("school").getString("name")
        val gates = body.getJSONArray("gates")
        val known = (0 until gates.length()).map { gates.getJSONObject(it).getString("gate_id") }.toSet()
        // The token last: without it nothing is sent, so no scan leaves under the new device's token
        // and the old one's number.
        queue.moveTo(deviceId, known)
        settings.edit()
            .putString("device_id", deviceId)
            .putString("gate_id", gateId)
            .putString("school", school)
            .commit()
        tokens.keep(body.getString("device_token"))
        return Enrolled.Done(deviceId, gateId, school)
    }
}
