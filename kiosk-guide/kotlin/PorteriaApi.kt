package porteria.kiosk

import java.io.IOException
import java.net.HttpURLConnection
import java.net.URI
import java.time.Instant
import java.time.temporal.ChronoUnit
import org.json.JSONArray
import org.json.JSONException
import org.json.JSONObject

/** An answer of Portería itself. */
data class Answer(val status: Int, val body: JSONObject, val retryAfterSeconds: Long?) {
    val isGood get() = status in 200..299
}

/**
 * Calls to one server.
 *
 * @param baseUrl such as `https://porteria.example/api/v1`
 * @param bearer the device's token, or a member of staff's access token; null before enrolment
 */
class PorteriaApi(private val baseUrl: String, private val bearer: () -> String?) : ScanLine {

    override fun send(scan: Scan): Reply =
        reply(call("POST", "/attendance/scan", json(scan).put("sent_at", now()))) { answer ->
            listOf(verdict(answer))
        }

    override fun send(scans: List<Scan>): Reply {
        val body = JSONObject().put("sent_at", now()).put("scans", JSONArray(scans.map(::json)))
        return reply(call("POST", "/attendance/scans", body)) { answer -> verdicts(scans, answer) }
    }

    /**
     * Null when no answer came, or one that is not Portería's: a captive portal and a proxy without
     * its server answer too, but neither in JSON.
     */
    fun call(method: String, path: String, body: JSONObject): Answer? {
        val connection = URI(baseUrl + path).toURL().openConnection() as HttpURLConnection
        return try {
            connection.requestMethod = method
            connection.connectTimeout = RetryRules.TIMEOUT_MILLIS
            connection.readTimeout = RetryRules.TIMEOUT_MILLIS
            connection.instanceFollowRedirects = false
            connection.doOutput = true
            connection.setRequestProperty("Content-Type", "application/json")
            bearer()?.let { connection.setRequestProperty("Authorization", "Bearer $it") }
            connection.outputStream.use { it.write(body.toString().toByteArray()) }
            val status = connection.responseCode
            val stream = if (status >= 400) connection.errorStream else connection.inputStream
            val text = stream?.use { it.readBytes().decodeToString() }.orEmpty()
            Answer(status, JSONObject(text), connection.getHeaderField("Retry-After")?.toLongOrNull())
        } catch (_: IOException) {
            connection.disconnect()
            null
        } catch (_: JSONException) {
            null
        }
    }

    private fun reply(answer: Answer?, verdicts: (Answer) -> List<Verdict>): Reply {
        if (answer == null) return Reply.Later(null)
        return when (RetryRules.meaning(answer.status)) {
            Meaning.ENROL -> Reply.Unwelcome(answer.status)
            Meaning.LATER -> Reply.Later(answer.retryAfterSeconds)
            else -> try {
                Reply.Judged(verdicts(answer))
            } catch (_: JSONException) {
                Reply.Later(null)
            }
        }
    }

    private fun verdict(answer: Answer): Verdict = when (RetryRules.meaning(answer.status)) {
        Meaning.ACCEPTED -> Verdict.Accepted(
            eventId = answer.body.getString("event_id"),
            firstName = answer.body.getJSONObject("student").getString("first_name"),
            duplicate = answer.body.getBoolean("duplicate"),
            flags = flags(answer.body),
        )
        Meaning.REJECTED -> Verdict.Rejected(answer.body.getString("reason"))
        Meaning.CONFLICT -> Verdict.Conflict
        Meaning.INVALID -> Verdict.Invalid(answer.body.getString("detail"))
        Meaning.VERDICTS, Meaning.ENROL, Meaning.LATER -> Verdict.TryAgain
    }

    private fun verdicts(scans: List<Scan>, answer: Answer): List<Verdict> {
        if (RetryRules.meaning(answer.status) != Meaning.VERDICTS) {
            val detail = "the batch: " + answer.body.getString("detail")
            return scans.map { Verdict.Invalid(detail) }
        }
        val items = answer.body.getJSONArray("verdicts")
        if (items.length() != scans.size) throw JSONException("not one verdict for each scan")
        return scans.indices.map { item(items.getJSONObject(it)) }
    }

    /** `retry` decides before `status` does. */
    private fun item(item: JSONObject): Verdict = when {
        item.getBoolean("retry") -> Verdict.TryAgain
        item.has("reason") -> Verdict.Rejected(item.getString("reason"))
        item.has("event_id") -> Verdict.Accepted(
            eventId = item.getString("event_id"),
            firstName = null,
            duplicate = item.getString("status") == "DUPLICATE",
            flags = flags(item),
        )
        item.getString("status") == "CONFLICT" -> Verdict.Conflict
        else -> Verdict.Invalid(item.optString("detail", item.getString("status")))
    }

    private fun flags(body: JSONObject): Set<String> {
        val flags = body.getJSONArray("flags")
        return (0 until flags.length()).map(flags::getString).toSet()
    }

    private fun json(scan: Scan) = JSONObject()
        .put("source", scan.reading.source.name)
        .put("token", scan.reading.token)
        .put("type", scan.reading.type.name)
        .put("gate_id", scan.reading.gateId)
        .put("device_id", scan.deviceId)
        .put("local_seq", scan.localSeq)
        .put("photo_expected", scan.reading.photoExpected)
        .put("captured_at", scan.reading.capturedAt)

    companion object {
        /** The device's own clock, right or wrong: the server finds out by how much. */
        fun now(): String = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()
    }
}
