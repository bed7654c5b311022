package porteria.domain;

/** Why a message is not sent again. */
public enum RetryObstacle {
  NOT_FAILED("Only what failed is sent again."),
  RECALLED("What it told was taken back."),
  NO_NEWS("It is no news any more."),
  NOT_THEIRS("Nobody who may read it has this address any more."),
  NOT_WANTED("Nothing is sent to this address any more: it was unsubscribed or failed."),
  TOLD_BY_MAIL("The guardian is told by email instead.");

  private final String sentence;

  RetryObstacle(String sentence) {
    this.sentence = sentence;
  }

  /** For programs; pages have words of their own. */
  public String sentence() {
    return sentence;
  }
}
