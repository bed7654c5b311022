package porteria.kiosk

/** What the screen says, in the school's language. */
object ScreenTexts {
    /** At once, before any answer: the child may walk on. */
    const val READ = "Leído"

    /** The verdict's text; null when it comes too late to mean anything to who stands there. */
    fun of(scan: Scan, verdict: Verdict): String? = when (verdict) {
        is Verdict.Accepted -> verdict.firstName?.let { greeting(scan.reading.type, it) }
        is Verdict.Rejected -> REASONS[verdict.reason] ?: UNKNOWN_REASON
        is Verdict.Conflict, is Verdict.Invalid, is Verdict.TryAgain -> null
    }

    private fun greeting(type: Direction, name: String) = when (type) {
        Direction.IN -> "Hola, $name"
        Direction.OUT -> "Hasta luego, $name"
    }

    val REASONS = mapOf(
        "UNKNOWN_TOKEN" to "Tarjeta desconocida. Avisa en portería.",
        "REVOKED_TAG" to "Esta tarjeta fue reemplazada. Usa la nueva.",
        "EXPIRED_QR" to "Este código QR venció. Pide uno nuevo.",
        "BAD_SIGNATURE" to "Este código no es válido. Avisa en portería.",
        "INACTIVE_STUDENT" to "Alumno no activo. Avisa en portería.",
        "OTHER_SCHOOL" to "Esta tarjeta es de otro colegio.",
    )

    /** A newer server may know more reasons than this app. */
    private const val UNKNOWN_REASON = "No se pudo registrar. Avisa en portería."
}
