package porteria.kiosk

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.util.Base64
import java.security.GeneralSecurityException
import java.security.KeyStore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * Keeps the device token: encrypted by a key that never leaves the Android Keystore. (Jetpack's
 * EncryptedSharedPreferences did the same and is deprecated since security-crypto 1.1.0.)
 */
class TokenStore(context: Context) {
    private val file = context.getSharedPreferences("token", Context.MODE_PRIVATE)

    /** Null before enrolment, and when the key is gone: then the kiosk must be enrolled anew. */
    fun token(): String? = try {
        val parts = file.getString(ENTRY, null)?.split(".")?.map { Base64.decode(it, Base64.NO_WRAP) }
        parts?.let { (iv, sealed) ->
            val cipher = Cipher.getInstance(TRANSFORMATION)
            cipher.init(Cipher.DECRYPT_MODE, key(), GCMParameterSpec(TAG_BITS, iv))
            cipher.doFinal(sealed).decodeToString()
        }
    } catch (_: GeneralSecurityException) {
        null
    }

    /** In place of the one before, which is not erased until then. */
    fun keep(token: String) {
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.ENCRYPT_MODE, key())
        val sealed = cipher.doFinal(token.toByteArray())
        val entry = listOf(cipher.iv, sealed).joinToString(".") { Base64.encodeToString(it, Base64.NO_WRAP) }
        check(file.edit().putString(ENTRY, entry).commit()) { "the token could not be written" }
    }

    private fun key(): SecretKey {
        val store = KeyStore.getInstance(PROVIDER).apply { load(null) }
        return store.getKey(ALIAS, null) as SecretKey? ?: newKey()
    }

    private fun newKey(): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(ALIAS, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
            .apply { init(spec) }
            .generateKey()
    }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val ALIAS = "porteria-device-token"
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val TAG_BITS = 128
        const val ENTRY = "device_token"
    }
}
