package porteria.audit;

import java.util.Optional;

/**
 * What a walk along a school's chain found.
 *
 * @param school its slug
 * @param entries that hold, from the first on
 * @param hash of the last of them, in hexadecimal: who keeps it elsewhere notices even a chain that
 *     was rewritten as a whole
 * @param broken the first place where the chain does not hold
 */
public record ChainCheck(String school, long entries, String hash, Optional<BrokenLink> broken) {

  /**
   * A place where a chain does not hold.
   *
   * @param seq number of the entry
   * @param what is wrong there, in one sentence
   */
  public record BrokenLink(long seq, String what) {}
}
