package porteria.notification;

import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What a provider allows per recipient. */
@FunctionalInterface
interface RecipientAdmission {

  /** For a provider that counts no recipients. */
  RecipientAdmission ANY = messages -> Future.succeededFuture(all(messages));

  /**
   * Counts these messages as sent, save those that may not be. Does not fail.
   *
   * @return for each message, in their order, why it may not be sent now; empty when it may
   */
  Future<List<Optional<SendOutcome.Failed>>> admit(List<ClaimedMessage> messages);

  /** Admits each. */
  static List<Optional<SendOutcome.Failed>> all(List<ClaimedMessage> messages) {
    return Collections.nCopies(messages.size(), Optional.empty());
  }
}
