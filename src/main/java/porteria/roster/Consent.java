package porteria.roster;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a guardian has allowed about a pupil, in writing. */
public record Consent(UUID id, UUID studentId, UUID guardianId, Terms terms) {

  /** What a consent covers. */
  public enum Scope {
    /** Photos at the gate, as evidence. */
    PHOTO,
    /** Keeping the pupil's data. */
    DATA
  }

  /**
   * What was signed.
   *
   * @param expiresAt the moment from which it is no longer good; a withdrawal sets it
   */
  public record Terms(Set<Scope> scopes, Instant signedAt, Optional<Instant> expiresAt) {

    public Terms {
      scopes = Set.copyOf(scopes);
    }
  }
}
