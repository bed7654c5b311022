package porteria.tag;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Cards as PDF documents. A card has the size ID-1 of ISO/IEC 7810, 85.60 mm by 53.98 mm. Blocking:
 * tens of milliseconds, to be called from a worker.
 */
final class CardPdf {

  /** Points, of which an inch has 72. */
  static final float MM = 72 / 25.4f;

  static final float WIDTH = 85.60f * MM;
  static final float HEIGHT = 53.98f * MM;

  private static final int COLUMNS = 2;
  private static final int ROWS = 5;
  private static final float LEFT = (PDRectangle.A4.getWidth() - COLUMNS * WIDTH) / 2;
  private static final float BOTTOM = (PDRectangle.A4.getHeight() - ROWS * HEIGHT) / 2;

  /** Cut marks stand outside of the cards, so that none is left on them. */
  private static final float MARK_GAP = 1 * MM;

  private static final float MARK_LENGTH = 5 * MM;
  private static final float MARK_WIDTH = 0.3f;

  private CardPdf() {}

  /** One card on a page of its own size. */
  static byte[] one(PrintedCard card) throws IOException {
    try (PDDocument document = new PDDocument()) {
      CardFace face = CardFace.in(document);
      PDPage page = new PDPage(new PDRectangle(WIDTH, HEIGHT));
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        face.draw(content, card, 0, 0);
      }
      return saved(document);
    }
  }

  /** Cards edge to edge, ten on an A4 page, with marks to cut them by. */
  static byte[] sheets(List<PrintedCard> cards) throws IOException {
    try (PDDocument document = new PDDocument()) {
      CardFace face = CardFace.in(document);
      for (int first = 0; first < cards.size(); first += COLUMNS * ROWS) {
        int end = Math.min(cards.size(), first + COLUMNS * ROWS);
        sheet(document, face, cards.subList(first, end));
      }
      return saved(document);
    }
  }

  private static void sheet(PDDocument document, CardFace face, List<PrintedCard> cards)
      throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      for (int i = 0; i < cards.size(); i++) {
        float x = LEFT + i % COLUMNS * WIDTH;
        float y = BOTTOM + (ROWS - 1 - i / COLUMNS) * HEIGHT;
        face.draw(content, cards.get(i), x, y);
      }
      cutMarks(content);
    }
  }

  private static void cutMarks(PDPageContentStream content) throws IOException {
    content.setLineWidth(MARK_WIDTH);
    for (int column = 0; column <= COLUMNS; column++) {
      float x = LEFT + column * WIDTH;
      line(content, x, BOTTOM - MARK_GAP, x, BOTTOM - MARK_GAP - MARK_LENGTH);
      float top = BOTTOM + ROWS * HEIGHT + MARK_GAP;
      line(content, x, top, x, top + MARK_LENGTH);
    }
    for (int row = 0; row <= ROWS; row++) {
      float y = BOTTOM + row * HEIGHT;
      line(content, LEFT - MARK_GAP, y, LEFT - MARK_GAP - MARK_LENGTH, y);
      float right = LEFT + COLUMNS * WIDTH + MARK_GAP;
      line(content, right, y, right + MARK_LENGTH, y);
    }
  }

  private static void line(PDPageContentStream content, float x, float y, float toX, float toY)
      throws IOException {
    content.moveTo(x, y);
    content.lineTo(toX, toY);
    content.stroke();
  }

  private static byte[] saved(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }
}
