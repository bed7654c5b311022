package porteria.tag;

/**
 * What stands on a printed card.
 *
 * @param preview the beginning of its token, by which it is found among a pupil's cards
 * @param uri what its QR says
 */
record PrintedCard(String school, String pupil, String course, String preview, String uri) {

  /** The URI stays out of logs. */
  @Override
  public String toString() {
    return "PrintedCard[" + preview + "…]";
  }
}
