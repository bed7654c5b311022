package porteria.notification;

import io.vertx.core.Future;

/** A provider that reaches families. */
interface ChannelClient {

  /**
   * Calls the provider, once.
   *
   * @return what came of it, within the call time-out; does not fail
   */
  Future<SendOutcome> send(ClaimedMessage message);

  Future<Void> close();
}
