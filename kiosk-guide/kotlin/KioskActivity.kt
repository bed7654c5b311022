package porteria.kiosk

import android.app.Activity
import android.os.Bundle
import android.os.SystemClock
import android.widget.TextView
import java.util.concurrent.Executors
import java.util.concurrent.ScheduledExecutorService
import java.util.concurrent.TimeUnit

/** How the parts hang together; a real kiosk has a nicer screen, and the camera beside it. */
class KioskActivity : Activity() {
    /** One thread sends, so there is one request under way; another one stores and beats. */
    private val sending: ScheduledExecutorService = Executors.newSingleThreadScheduledExecutor()
    private val working: ScheduledExecutorService = Executors.newSingleThreadScheduledExecutor()

    private val settings by lazy { getSharedPreferences("kiosk", MODE_PRIVATE) }
    private val tokens by lazy { TokenStore(this) }
    private val queue by lazy { ScanQueue(this) }
    private val api by lazy { PorteriaApi(BASE_URL) { tokens.token() } }
    private val uploader by lazy { Uploader(queue, api, judged = ::show) }
    private val heartbeat by lazy { Heartbeat(this, api, queue, VERSION) }
    private val nfc by lazy { NfcReader(this, { read(Source.NFC, it) }, { say("Acerca la tarjeta otra vez") }) }
    private val kioskMode by lazy { KioskMode(this) }
    private val screen by lazy { TextView(this) }

    /** Chosen by a switch on the screen or by the time of day. */
    private var direction = Direction.IN

    /** Of [sending]'s thread: whether a step is already planned. */
    private var planned = false

    /** The server took the token no longer: nothing is sent, everything is kept and read on. */
    @Volatile private var unwelcome = false

    private val sameCard = SameCard(nowMillis = SystemClock::elapsedRealtime)

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setContentView(screen)
        sending.execute { planStep(0) }
        working.execute(::beat)
    }

    override fun onResume() {
        super.onResume()
        kioskMode.enter()
        nfc.start()
    }

    override fun onPause() {
        nfc.stop()
        super.onPause()
    }

    override fun onDestroy() {
        sending.shutdownNow()
        working.shutdownNow()
        super.onDestroy()
    }

    /** On any thread: the time is taken at once, the row is written, and only then it says "read". */
    private fun read(source: Source, text: String) {
        if (!sameCard.isNew(text)) return
        val capturedAt = PorteriaApi.now()
        val type = direction
        working.execute { store(source, text, type, capturedAt) }
    }

    private fun store(source: Source, text: String, type: Direction, capturedAt: String) {
        val deviceId = settings.getString("device_id", null) ?: return showEnrolment()
        val gateId = settings.getString("gate_id", null) ?: return showEnrolment()
        queue.add(deviceId, Reading(source, text, type, gateId, photoExpected = false, capturedAt))
        say(ScreenTexts.READ)
        sending.execute { planStep(0) }
    }

    private fun planStep(millis: Long) {
        if (planned) return
        planned = true
        sending.schedule(::step, millis, TimeUnit.MILLISECONDS)
    }

    private fun step() {
        planned = false
        if (unwelcome) return
        if (tokens.token() == null) return showEnrolment()
        when (val next = uploader.step()) {
            is Next.Wait -> planStep(next.millis)
            is Next.Idle -> Unit
            is Next.Enrol -> showEnrolment()
        }
    }

    /** The next one is planned whatever became of this one. */
    private fun beat() {
        var seconds = 60L
        try {
            seconds = beatOnce() ?: seconds
        } finally {
            working.schedule(::beat, seconds, TimeUnit.SECONDS)
        }
    }

    /** Seconds to the next one, if the server said so. */
    private fun beatOnce(): Long? {
        val deviceId = settings.getString("device_id", null) ?: return null
        val gateId = settings.getString("gate_id", null) ?: return null
        when (val pulse = heartbeat.beat(deviceId, gateId)) {
            is Pulse.Alive -> {
                uploader.maxBatch = pulse.maxBatch
                welcome()
                if (pulse.clockIsOff) say("Hora del equipo incorrecta: avisar a soporte")
                return pulse.nextSeconds
            }
            is Pulse.NoAnswer -> Unit
            is Pulse.Enrol -> showEnrolment()
        }
        return null
    }

    private fun show(scan: Scan, verdict: Verdict) {
        ScreenTexts.of(scan, verdict)?.let(::say)
    }

    /** The old token is good again, after all, or there is a new one. */
    private fun welcome() {
        if (!unwelcome) return
        unwelcome = false
        sending.execute { planStep(0) }
    }

    /**
     * Shows a field for the code, which calls [enrol]. Cards are read and stored meanwhile, and the
     * heartbeat goes on: should the server have been wrong, it mends itself.
     */
    private fun showEnrolment() {
        unwelcome = true
        say("Este kiosco debe inscribirse. Pide un código a administración.")
    }

    /** On the thread that stores, so that no scan is stored under the old name meanwhile. */
    fun enrol(typed: String) = working.execute {
        when (val enrolled = Enrolment(api, tokens, settings, queue).enrol(typed)) {
            is Enrolled.Done -> {
                say("${enrolled.school}: ${enrolled.gateId}")
                welcome()
            }
            is Enrolled.WrongCode -> say("Código no válido. Pide uno nuevo.")
            is Enrolled.NotNow -> say("Sin conexión. Prueba de nuevo con el mismo código.")
        }
    }

    private fun say(text: String) = runOnUiThread { screen.text = text }

    private companion object {
        const val BASE_URL = "https://porteria.example/api/v1"
        const val VERSION = "kiosk 1.0.0"
    }
}
