package porteria.kiosk

import android.nfc.FormatException
import android.nfc.NdefMessage
import android.nfc.NdefRecord
import android.nfc.Tag
import android.nfc.tech.Ndef
import android.nfc.tech.NdefFormatable
import java.io.IOException
import java.security.MessageDigest
import org.json.JSONObject

/** What the screen "Asignar sticker" is told. */
sealed interface Written {
    data object Done : Written

    /** It is written and locked, and the server has not said yes: call [TagProvisioning.confirm] again. */
    data class Unconfirmed(val request: JSONObject) : Written

    /** Nothing is bound to the pupil: hold another sticker, or the same one again. */
    data class Failed(val why: String) : Written
}

/**
 * Staff's screen: writes a pupil's sticker. Its [api] bears a member of staff's access token, never
 * the kiosk's. A sticker counts only once the server has confirmed it, so until it is locked every
 * step may fail and be begun again with a new token.
 */
class TagProvisioning(private val api: PorteriaApi) {

    /** @param tag from reader mode's callback, on its thread; it must stay on the reader meanwhile */
    fun provision(studentId: String, tag: Tag): Written {
        val offer = api.call("POST", "/tags/provision", JSONObject().put("student_id", studentId))
        if (offer == null || !offer.isGood) return Written.Failed("sin respuesta del servidor")
        val uri = offer.body.getString("ndef_uri")
        if (!checksum(uri).equals(offer.body.getString("checksum"), ignoreCase = true)) {
            return Written.Failed("la dirección llegó dañada")
        }
        return try {
            val readBack = write(tag, NdefMessage(NdefRecord.createUri(uri)))
            confirm(
                JSONObject()
                    .put("student_id", studentId)
                    .put("tag_token_preview", offer.body.getString("tag_token_preview"))
                    .put("checksum", checksum(readBack))
                    .put("tag_uid", tag.id.joinToString("") { "%02X".format(it) }),
            )
        } catch (_: IOException) {
            Written.Failed("el sticker se movió")
        } catch (_: FormatException) {
            Written.Failed("este sticker no sirve")
        }
    }

    /** Writes, reads back and locks; returns the address that was read back. */
    private fun write(tag: Tag, message: NdefMessage): String {
        val ndef = Ndef.get(tag)
        if (ndef == null) {
            // Never formatted. It gets its lock when it is held to the reader again.
            (NdefFormatable.get(tag) ?: throw FormatException("no NDEF")).use {
                it.connect()
                it.format(message)
            }
            throw IOException("formatted: hold it again")
        }
        return ndef.use {
            it.connect()
            if (!it.isWritable || it.maxSize < message.byteArrayLength) throw FormatException("locked or small")
            it.writeNdefMessage(message)
            val readBack = it.ndefMessage
            if (readBack != message) throw IOException("read back differently")
            if (!it.canMakeReadOnly() || !it.makeReadOnly()) throw FormatException("cannot be locked")
            readBack.records.first().toUri().toString()
        }
    }

    /** Binds what was written to the pupil, and revokes the sticker it had before. */
    fun confirm(request: JSONObject): Written {
        val answer = api.call("POST", "/tags/confirm", request)
        return when {
            answer == null || RetryRules.meaning(answer.status) == Meaning.LATER -> Written.Unconfirmed(request)
            answer.isGood -> Written.Done
            // 409 too, when only the answer to an earlier try was lost: GET /tags shows which it is.
            else -> Written.Failed("no se aceptó: revisa las tarjetas del alumno")
        }
    }

    /** The first 16 hexadecimal digits of the SHA-256. */
    private fun checksum(uri: String): String = MessageDigest.getInstance("SHA-256")
        .digest(uri.toByteArray())
        .take(8)
        .joinToString("") { "%02x".format(it) }
}
