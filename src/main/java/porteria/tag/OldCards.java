package porteria.tag;

/** What becomes of printed cards that are in use when new ones are asked for. */
public enum OldCards {
  /** They stay; only who has none gets a card. */
  KEEP,
  /** They are revoked, and everybody gets a new one. */
  REPLACE
}
