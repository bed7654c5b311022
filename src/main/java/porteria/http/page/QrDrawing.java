package porteria.http.page;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code as a page draws it: dark squares as one SVG path on a white square.
 *
 * @param side of the square, in modules, the quiet zone included
 * @param path of the dark modules
 */
public record QrDrawing(int side, String path) {

  /** ISO/IEC 18004 asks for four modules of white around a QR code. */
  private static final int QUIET = 4;

  /** Draws a short text. */
  static QrDrawing of(String text) {
    ByteMatrix code = encode(text);
    StringBuilder path = new StringBuilder();
    for (int row = 0; row < code.getHeight(); row++) {
      for (int column = 0; column < code.getWidth(); column++) {
        if (code.get(column, row) == 1) {
          path.append('M')
              .append(QUIET + column)
              .append(' ')
              .append(QUIET + row)
              .append("h1v1h-1z");
        }
      }
    }
    return new QrDrawing(code.getWidth() + 2 * QUIET, path.toString());
  }

  private static ByteMatrix encode(String text) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException e) {
      throw new IllegalStateException("a short text fits a QR code", e);
    }
  }

  /** What it says stays out of logs. */
  @Override
  public String toString() {
    return "QrDrawing[" + side + "]";
  }
}
