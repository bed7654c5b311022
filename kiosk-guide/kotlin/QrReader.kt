package porteria.kiosk

import androidx.annotation.OptIn
import androidx.camera.core.ExperimentalGetImage
import androidx.camera.core.ImageAnalysis
import androidx.camera.core.ImageProxy
import com.google.mlkit.vision.barcode.BarcodeScannerOptions
import com.google.mlkit.vision.barcode.BarcodeScanning
import com.google.mlkit.vision.barcode.common.Barcode
import com.google.mlkit.vision.common.InputImage

/**
 * Reads QR codes from CameraX with ML Kit. Take the bundled model
 * (`com.google.mlkit:barcode-scanning`): a kiosk may never have seen Google Play.
 *
 * @param read the text exactly as it stands in the code; a card before the lens is read in every frame
 */
class QrReader(private val read: (String) -> Unit) : ImageAnalysis.Analyzer, AutoCloseable {
    private val scanner = BarcodeScanning.getClient(
        BarcodeScannerOptions.Builder().setBarcodeFormats(Barcode.FORMAT_QR_CODE).build(),
    )

    @OptIn(ExperimentalGetImage::class)
    override fun analyze(image: ImageProxy) {
        val frame = image.image ?: return image.close()
        scanner.process(InputImage.fromMediaImage(frame, image.imageInfo.rotationDegrees))
            .addOnSuccessListener { codes -> codes.firstNotNullOfOrNull { it.rawValue }?.let(read) }
            // The next frame comes only after this one is closed.
            .addOnCompleteListener { image.close() }
    }

    override fun close() = scanner.close()
}
