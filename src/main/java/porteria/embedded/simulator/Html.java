package porteria.embedded.simulator;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text made fit for a page, and pages made fit for reading as text. */
final class Html {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']+[^\\s<>\"'.,;:!?)]");
  private static final Pattern UNREAD =
      Pattern.compile("(?is)<(head|style|script)\\b.*?</\\1\\s*>|<!--.*?-->");
  private static final Pattern ANCHOR =
      Pattern.compile("(?is)<a\\b[^>]*?href\\s*=\\s*[\"']([^\"']*)[\"'][^>]*>(.*?)</a\\s*>");
  private static final Pattern LINE_END = Pattern.compile("(?i)<br\\s*/?>|</(p|div|h[1-6]|li|tr)>");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  private Html() {}

  /** Safe inside an element and inside a quoted attribute. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /** The text escaped, with its web addresses as links. */
  static String withLinks(String text) {
    StringBuilder page = new StringBuilder(text.length() + 64);
    int done = 0;
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      String address = escape(link.group());
      page.append(escape(text.substring(done, link.start())))
          .append("<a target=\"_blank\" rel=\"noopener noreferrer\" href=\"")
          .append(address)
          .append("\">")
          .append(address)
          .append("</a>");
      done = link.end();
    }
    return page.append(escape(text.substring(done))).toString();
  }

  /** What a reader of the HTML would see, line by line, with the targets of links written out. */
  static String toText(String html) {
    String read = UNREAD.matcher(html).replaceAll("").replaceAll("\\s+", " ");
    String linked = ANCHOR.matcher(read).replaceAll(Html::linkAsText);
    String lines = TAG.matcher(LINE_END.matcher(linked).replaceAll("\n")).replaceAll("");
    return unescape(lines).replaceAll(" *\n *", "\n").replaceAll("\n{3,}", "\n\n").strip();
  }

  private static String linkAsText(MatchResult anchor) {
    String label = TAG.matcher(anchor.group(2)).replaceAll("").strip();
    String target = anchor.group(1);
    String shown = label.isEmpty() || label.equals(target) ? target : label + " (" + target + ")";
    return Matcher.quoteReplacement(shown);
  }

  private static String unescape(String text) {
    return text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
