package porteria.notification;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a provider allows per recipient. */
@FunctionalInterface
interface RecipientAdmission {

  /** For a provider that counts no recipients. */
  RecipientAdmission ANY = messages -> Future.succeededFuture(all(messages));

  /**
   * Counts these messages as sent, save those that may not be. Does not fail.
   *
   * @return for each message, in their order, why it may not be sent now; null when it may
   */
  Future<List<SendOutcome.@Nullable Failed>> admit(List<ClaimedMessage> messages);

  /** Admits each. */
  static List<SendOutcome.@Nullable Failed> all(List<ClaimedMessage> messages) {
    List<SendOutcome.@Nullable Failed> none = new ArrayList<>();
    messages.forEach(each -> none.add(null));
    return none;
  }
}
