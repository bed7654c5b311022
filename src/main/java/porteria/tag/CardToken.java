package porteria.tag;

import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import porteria.domain.CardTokens;

/**
 * A token on its way to a card.
 *
 * @param text the whole of it; kept nowhere
 * @param preview its beginning, by which people tell cards apart
 * @param hash under which it is stored
 */
record CardToken(String text, String preview, Buffer hash) {

  private static final int PREVIEW_LENGTH = 6;

  static CardToken make(CardTokens tokens, SecureRandom random) {
    String text = CardTokens.newToken(random);
    return new CardToken(text, text.substring(0, PREVIEW_LENGTH), Buffer.buffer(tokens.hash(text)));
  }

  /** The token itself stays out of logs. */
  @Override
  public String toString() {
    return "CardToken[" + preview + "…]";
  }
}
