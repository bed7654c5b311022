package porteria.kiosk

import android.content.Context
import android.os.BatteryManager
import java.time.Duration
import java.time.Instant
import java.time.format.DateTimeParseException
import org.json.JSONException
import org.json.JSONObject

/** What a heartbeat brought back. */
sealed interface Pulse {
    /** @param clockError how far the device's clock is ahead of the server's; negative when behind */
    data class Alive(val nextSeconds: Long, val maxBatch: Int, val clockError: Duration) : Pulse {
        /** Worth showing to staff. Never worth changing a `captured_at` for. */
        val clockIsOff get() = clockError.abs() > Duration.ofMinutes(2)
    }

    /** Try again after the usual time. */
    data object NoAnswer : Pulse

    /** 401 or 403: as for a scan. */
    data object Enrol : Pulse
}

/** Says that the kiosk is alive: staff see a gate that falls silent, and no-show alarms wait for it. */
class Heartbeat(
    private val context: Context,
    private val api: PorteriaApi,
    private val queue: ScanQueue,
    private val version: String,
) {
    fun beat(deviceId: String, gateId: String): Pulse {
        val body = JSONObject()
            .put("device_id", deviceId)
            .put("gate_id", gateId)
            .put("queue_len", queue.waiting())
            .put("version", version)
            .put("sent_at", PorteriaApi.now())
        battery()?.let { body.put("battery", it) }
        val answer = api.call("POST", "/devices/heartbeat", body) ?: return Pulse.NoAnswer
        return when {
            answer.status == 401 || answer.status == 403 -> Pulse.Enrol
            !answer.isGood -> Pulse.NoAnswer
            else -> read(answer.body)
        }
    }

    private fun read(body: JSONObject): Pulse = try {
        val config = body.getJSONObject("config")
        Pulse.Alive(
            nextSeconds = config.getLong("heartbeat_seconds"),
            maxBatch = config.getInt("max_batch"),
            clockError = Duration.between(Instant.parse(body.getString("server_time")), Instant.now()),
        )
    } catch (_: JSONException) {
        Pulse.NoAnswer
    } catch (_: DateTimeParseException) {
        Pulse.NoAnswer
    }

    /** Percent; null where the device cannot say. */
    private fun battery(): Int? = context.getSystemService(BatteryManager::class.java)
        ?.getIntProperty(BatteryManager.BATTERY_PROPERTY_CAPACITY)
        ?.takeIf { it in 0..100 }
}
