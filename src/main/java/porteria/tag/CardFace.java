package porteria.tag;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** The face of a card: whose it is on the left, its QR on the right. No photo. */
final class CardFace {

  private static final float MM = CardPdf.MM;
  private static final float MARGIN = 5 * MM;
  private static final float QR_SIDE = 38 * MM;

  /** ISO/IEC 18004 asks for four modules of white around a QR code. */
  private static final int QUIET = 4;

  private static final float TEXT_WIDTH = CardPdf.WIDTH - QR_SIDE - MARGIN - 2 * MM;
  private static final float GAP = 3 * MM;

  private final CardText text;

  private CardFace(CardText text) {
    this.text = text;
  }

  static CardFace in(PDDocument document) throws IOException {
    return new CardFace(CardText.in(document));
  }

  /** Draws a card with its lower left corner there. */
  void draw(PDPageContentStream content, PrintedCard card, float x, float y) throws IOException {
    float left = x + MARGIN;
    float top = y + CardPdf.HEIGHT - MARGIN;
    top -= text.write(content, card.school(), left, top, TEXT_WIDTH, 2, 9, 6) + GAP;
    top -= text.write(content, card.pupil(), left, top, TEXT_WIDTH, 3, 13, 8) + GAP;
    text.write(content, card.course(), left, top, TEXT_WIDTH, 2, 10, 7);
    text.write(content, card.preview(), left, y + MARGIN + 7, TEXT_WIDTH, 1, 6, 6);
    float side = x + CardPdf.WIDTH - QR_SIDE - 2 * MM;
    qr(content, card.uri(), side, y + (CardPdf.HEIGHT - QR_SIDE) / 2);
  }

  /** As areas, not as an image, so that any printer draws it sharp. */
  private static void qr(PDPageContentStream content, String text, float x, float y)
      throws IOException {
    ByteMatrix code = encode(text);
    float module = QR_SIDE / (code.getWidth() + 2 * QUIET);
    for (int row = 0; row < code.getHeight(); row++) {
      float bottom = y + QR_SIDE - (QUIET + row + 1) * module;
      for (int column = 0; column < code.getWidth(); ) {
        int end = column;
        while (end < code.getWidth() && code.get(end, row) == 1) {
          end++;
        }
        if (end > column) {
          content.addRect(x + (QUIET + column) * module, bottom, (end - column) * module, module);
        }
        column = end + 1;
      }
    }
    content.fill();
  }

  /** With a quarter of it lost to scratches it is still read. */
  private static ByteMatrix encode(String text) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.Q).getMatrix();
    } catch (WriterException e) {
      throw new IllegalStateException("the URI of a card fits a QR code", e);
    }
  }
}
