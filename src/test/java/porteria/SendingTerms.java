package porteria;

/**
 * How the servers of a stage send, and what their provider allows.
 *
 * @param settings HOCON that follows the configuration file; later settings win
 * @param messagesPerSecond what the servers take the WhatsApp allowance to be
 * @param allowed WhatsApp messages a second that the provider takes
 */
record SendingTerms(String settings, int messagesPerSecond, int allowed) {

  /** Quick enough for a test; the lease stays longer than the call. */
  private static final String QUICK_LEASES =
      """

      notification { call-timeout = 2s, lease = 9s, poll = 200ms, reconcile-after = 1s }
      """;

  static final SendingTerms USUAL = new SendingTerms(QUICK_LEASES, 80, 10_000);

  /** The same with further settings. */
  SendingTerms with(String further) {
    return new SendingTerms(settings + further + "\n", messagesPerSecond, allowed);
  }

  /** The same with another allowance. */
  SendingTerms withMessagesPerSecond(int configured, int taken) {
    return new SendingTerms(settings, configured, taken);
  }
}
