package porteria.tag;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Writes on cards, in Liberation Sans, which comes with the PDF library and has the letters of
 * European languages. What it has no letter for becomes a question mark.
 */
final class CardText {

  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final float LINE = 1.2f;
  private static final float STEP = 0.5f;

  private final PDType0Font font;
  private final CmapLookup letters;

  private CardText(PDType0Font font, CmapLookup letters) {
    this.font = font;
    this.letters = letters;
  }

  /** The font, of which a document takes what it uses. */
  static CardText in(PDDocument document) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT)) {
      TrueTypeFont type = new TTFParser().parse(new RandomAccessReadBuffer(file));
      return new CardText(PDType0Font.load(document, type, true), type.getUnicodeCmapLookup());
    }
  }

  /**
   * Writes a text into a box from its top downwards, as large as fits.
   *
   * @param mostLines as many as it may take
   * @param size the largest, in points
   * @param least the smallest; what does not fit even so is cut
   * @return the height that it took
   */
  float write(
      PDPageContentStream content,
      String text,
      float x,
      float top,
      float width,
      int mostLines,
      float size,
      float least)
      throws IOException {
    String known = known(text);
    float fitting = size;
    List<String> lines = lines(known, width, fitting);
    while (lines.size() > mostLines && fitting > least) {
      fitting -= STEP;
      lines = lines(known, width, fitting);
    }
    float y = top;
    for (String line : lines.subList(0, Math.min(mostLines, lines.size()))) {
      y -= fitting * LINE;
      content.beginText();
      content.setFont(font, fitting);
      content.newLineAtOffset(x, y + fitting * (LINE - 1));
      content.showText(cut(line, width, fitting));
      content.endText();
    }
    return top - y;
  }

  private List<String> lines(String text, float width, float size) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (line.isEmpty() || width(longer, size) <= width) {
        line = longer;
      } else {
        lines.add(line);
        line = word;
      }
    }
    lines.add(line);
    return lines;
  }

  private String cut(String line, float width, float size) throws IOException {
    String shown = line;
    while (!shown.isEmpty() && width(shown, size) > width) {
      shown = shown.substring(0, shown.offsetByCodePoints(shown.length(), -1));
    }
    return shown;
  }

  private float width(String text, float size) throws IOException {
    return font.getStringWidth(text) * size / 1_000;
  }

  private String known(String text) {
    StringBuilder known = new StringBuilder();
    text.codePoints()
        .map(letter -> Character.isWhitespace(letter) ? ' ' : letter)
        .map(letter -> letters.getGlyphId(letter) == 0 ? '?' : letter)
        .forEach(known::appendCodePoint);
    return known.toString();
  }
}
