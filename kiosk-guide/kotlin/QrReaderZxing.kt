package porteria.kiosk

import androidx.camera.core.ImageAnalysis
import androidx.camera.core.ImageProxy
import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.MultiFormatReader
import com.google.zxing.NotFoundException
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.common.HybridBinarizer

/** The same as [QrReader] with ZXing (`com.google.zxing:core`), without anything of Google's services. */
class QrReaderZxing(private val read: (String) -> Unit) : ImageAnalysis.Analyzer {
    private val reader = MultiFormatReader().apply {
        setHints(
            mapOf(
                DecodeHintType.POSSIBLE_FORMATS to listOf(BarcodeFormat.QR_CODE),
                DecodeHintType.TRY_HARDER to true,
            ),
        )
    }

    override fun analyze(image: ImageProxy) = image.use {
        // The first plane of YUV_420_888 is the brightness; its rows may be longer than the picture.
        val plane = image.planes[0]
        val bytes = ByteArray(plane.buffer.remaining()).also(plane.buffer::get)
        val rows = minOf(image.height, bytes.size / plane.rowStride)
        val source = PlanarYUVLuminanceSource(
            bytes, plane.rowStride, rows, 0, 0, minOf(image.width, plane.rowStride), rows, false,
        )
        try {
            read(reader.decodeWithState(BinaryBitmap(HybridBinarizer(source))).text)
        } catch (_: NotFoundException) {
            // Most frames hold no code.
        } finally {
            reader.reset()
        }
    }
}
