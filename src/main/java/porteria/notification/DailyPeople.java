package porteria.notification;

import io.vertx.core.Future;
import java.util.List;

/** The different people that WhatsApp may be sent to within a day. Neither call fails. */
interface DailyPeople {

  /** To how many more of them broadcasts may go now; none while that is not known. */
  Future<Integer> placesForBroadcasts();

  /**
   * Whether these are among the day's people already, each in their order; nobody is while that is
   * not known.
   */
  Future<List<Boolean>> known(List<String> addresses);
}
