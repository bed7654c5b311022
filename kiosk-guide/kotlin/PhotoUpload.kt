package porteria.kiosk

import java.io.File
import java.io.IOException
import java.net.HttpURLConnection
import java.net.URI
import org.json.JSONObject

/**
 * Brings evidence photos to the store. On a thread of its own, after the scan was accepted: the
 * queue of children never waits for a picture, and a picture that fails is given up, never the scan.
 */
class PhotoUpload(private val api: PorteriaApi) {

    /**
     * False when it should be tried again later. The file is deleted when nothing more is to be
     * done with it.
     *
     * @param eventId of the verdict that accepted the scan
     * @param jpeg small: 640 pixels on the longer side are plenty
     */
    fun upload(eventId: String, jpeg: File): Boolean {
        val wish = JSONObject().put("content_type", "image/jpeg").put("content_length", jpeg.length())
        val place = api.call("PUT", "/attendance/photo/$eventId", wish) ?: return false
        return when {
            RetryRules.meaning(place.status) == Meaning.LATER -> false
            RetryRules.meaning(place.status) == Meaning.ENROL -> false
            // No consent, not allowed by the school, too late: the server does not want it.
            !place.isGood -> jpeg.delete()
            else -> put(place.body, jpeg) && complete(eventId, jpeg)
        }
    }

    /** The address is signed together with these headers: exactly these, no more and no less. */
    private fun put(place: JSONObject, jpeg: File): Boolean {
        val connection = URI(place.getString("url")).toURL().openConnection() as HttpURLConnection
        return try {
            connection.requestMethod = "PUT"
            connection.connectTimeout = RetryRules.TIMEOUT_MILLIS
            connection.readTimeout = RetryRules.TIMEOUT_MILLIS
            connection.doOutput = true
            connection.setFixedLengthStreamingMode(jpeg.length())
            val headers = place.getJSONObject("headers")
            for (name in headers.keys()) {
                // Android sets this one itself, from the fixed length above.
                if (!name.equals("Content-Length", ignoreCase = true)) {
                    connection.setRequestProperty(name, headers.getString(name))
                }
            }
            connection.outputStream.use { out -> jpeg.inputStream().use { it.copyTo(out) } }
            // 412: If-None-Match found it there already, so an earlier answer was lost.
            connection.responseCode in 200..299 || connection.responseCode == 412
        } catch (_: IOException) {
            false
        } finally {
            connection.disconnect()
        }
    }

    private fun complete(eventId: String, jpeg: File): Boolean {
        val answer = api.call("POST", "/attendance/photo/$eventId/complete", JSONObject()) ?: return false
        return RetryRules.meaning(answer.status) != Meaning.LATER && jpeg.delete()
    }
}
