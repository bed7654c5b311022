package porteria.tag;

import java.net.URI;
import porteria.domain.CardTokens;

/** What is written on a sticker and into the QR of a printed card. */
public final class CardUris {

  private final String root;
  private final CardTokens tokens;
  private final boolean signed;

  /**
   * @param publicUrl where anybody who finds a card can reach the server
   * @param signed whether a URI carries its signature too
   */
  public CardUris(URI publicUrl, CardTokens tokens, boolean signed) {
    this.root = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority() + "/t/";
    this.tokens = tokens;
    this.signed = signed;
  }

  /** The URI of a token; it opens the page for who finds the card. */
  String of(String token) {
    String uri = root + token;
    return signed ? uri + "?sig=" + tokens.signature(token) : uri;
  }
}
