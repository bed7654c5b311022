package porteria.kiosk

import android.app.Activity
import android.nfc.FormatException
import android.nfc.NdefRecord
import android.nfc.NfcAdapter
import android.nfc.Tag
import android.nfc.TagLostException
import android.nfc.tech.Ndef
import android.os.Bundle
import java.io.IOException

/**
 * Reads stickers in reader mode: nothing is dispatched to other apps, and no browser opens the
 * sticker's address. Both callbacks come on a thread of the NFC service, not on the main thread.
 */
class NfcReader(
    private val activity: Activity,
    private val read: (String) -> Unit,
    private val unreadable: () -> Unit,
) {
    /** Null on a device without NFC. */
    private val adapter: NfcAdapter? = NfcAdapter.getDefaultAdapter(activity)

    /** Call from `onResume`. */
    fun start() {
        // FLAG_READER_SKIP_NDEF_CHECK is left out on purpose: the check is what fills the Ndef below.
        val flags = NfcAdapter.FLAG_READER_NFC_A or NfcAdapter.FLAG_READER_NO_PLATFORM_SOUNDS
        val extras = Bundle().apply { putInt(NfcAdapter.EXTRA_READER_PRESENCE_CHECK_DELAY, 250) }
        adapter?.enableReaderMode(activity, ::onTag, flags, extras)
    }

    /** Call from `onPause`. */
    fun stop() {
        adapter?.disableReaderMode(activity)
    }

    private fun onTag(tag: Tag) {
        val text = try {
            textOf(tag)
        } catch (_: TagLostException) {
            null
        } catch (_: IOException) {
            null
        } catch (_: FormatException) {
            null
        }
        if (text == null) unreadable() else read(text)
    }

    private fun textOf(tag: Tag): String? {
        val ndef = Ndef.get(tag) ?: return null
        val message = ndef.cachedNdefMessage ?: ndef.use {
            it.connect()
            it.ndefMessage
        }
        return message?.records?.firstNotNullOfOrNull(::textOf)
    }

    private fun textOf(record: NdefRecord): String? = when {
        // Expands the prefix code; the whole address is sent, the server takes the token from it.
        record.toUri() != null -> record.toUri().toString()
        record.tnf == NdefRecord.TNF_WELL_KNOWN && record.type.contentEquals(NdefRecord.RTD_TEXT) ->
            plainText(record.payload)
        else -> null
    }

    /** NFC Forum Text record: a status byte with the length of the language code, the code, the text. */
    private fun plainText(payload: ByteArray): String? {
        val status = payload.firstOrNull()?.toInt() ?: return null
        val start = 1 + (status and 0x3F)
        val charset = if (status and 0x80 == 0) Charsets.UTF_8 else Charsets.UTF_16
        return if (start >= payload.size) null else String(payload, start, payload.size - start, charset)
    }
}
