package porteria.tag;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Reads printed cards as a camera does. */
final class PrintedCodes {

  private static final float DPI = 200;
  private static final int CARD_WIDTH = Math.round(85.60f / 25.4f * DPI);
  private static final int CARD_HEIGHT = Math.round(53.98f / 25.4f * DPI);
  private static final int TEXT_WIDTH = Math.round(46 / 25.4f * DPI);

  private PrintedCodes() {}

  /**
   * What the QR codes of a page say, each cut out. Without that, one in a hundred is missed in a
   * single look; a camera takes many.
   */
  static List<String> of(PDDocument document, int page) throws IOException {
    BufferedImage image = new PDFRenderer(document).renderImageWithDPI(page, DPI);
    List<String> codes = new ArrayList<>();
    int columns = Math.max(1, image.getWidth() / CARD_WIDTH);
    int rows = Math.max(1, image.getHeight() / CARD_HEIGHT);
    int left = (image.getWidth() - columns * CARD_WIDTH) / 2;
    int top = (image.getHeight() - rows * CARD_HEIGHT) / 2;
    for (int i = 0; i < columns * rows; i++) {
      int x = Math.max(0, left + i % columns * CARD_WIDTH) + TEXT_WIDTH;
      int y = Math.max(0, top + i / columns * CARD_HEIGHT);
      int width = Math.min(CARD_WIDTH - TEXT_WIDTH, image.getWidth() - x);
      int height = Math.min(CARD_HEIGHT, image.getHeight() - y);
      code(image.getSubimage(x, y, width, height)).ifPresent(codes::add);
    }
    return codes;
  }

  private static Optional<String> code(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    LuminanceSource light =
        new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    try {
      BinaryBitmap bits = new BinaryBitmap(new GlobalHistogramBinarizer(light));
      Map<DecodeHintType, Boolean> cutOut = Map.of(DecodeHintType.PURE_BARCODE, true);
      return Optional.of(new QRCodeReader().decode(bits, cutOut).getText());
    } catch (ReaderException e) {
      return Optional.empty();
    }
  }
}
