package porteria.embedded.morning;

/**
 * What the server must make of a scan. A refusal has the name of its {@link
 * porteria.domain.RejectionReason}.
 */
enum Expected {
  RECORDED,
  /** Refused: no such card. */
  UNKNOWN_TOKEN,
  /** Refused: a card of another school. */
  OTHER_SCHOOL,
  /** Its key was used for another scan. */
  CONFLICT,
  /** It breaks the contract. */
  INVALID
}
