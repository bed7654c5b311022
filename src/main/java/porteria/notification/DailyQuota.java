package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import porteria.bus.BroadcastPreview.Quota;
import porteria.bus.ViewQuota;
import porteria.db.Database;

/** To how many more people broadcasts may go, beside those whom others are about to be sent to. */
final class DailyQuota {

  /**
   * The phones, of all schools of the account, to which broadcasts that were begun are still to go.
   */
  private static final String PROMISED =
      """
      SELECT address FROM notification
      WHERE status = 'QUEUED' AND channel = 'WHATSAPP' AND lane = 2
      UNION
      SELECT address FROM notification
      WHERE status = 'PARKED' AND channel = 'WHATSAPP' AND lane = 2
      UNION
      SELECT r.address
      FROM broadcast b
      JOIN broadcast_recipient r ON r.school_id = b.school_id AND r.broadcast_id = b.id
      WHERE b.status = 'SENDING' AND r.status = 'FROZEN' AND r.channel = 'WHATSAPP'
      """;

  private final Database database;
  private final RecipientLimits people;

  DailyQuota(Database database, RecipientLimits people) {
    this.database = database;
    this.people = people;
  }

  /** What a broadcast to these phones would meet. */
  Future<Quota> view(ViewQuota asked) {
    return database
        .workerQuery(PROMISED, Tuple.tuple())
        .map(
            rows -> {
              List<String> phones = new ArrayList<>(rows.size());
              rows.forEach(row -> phones.add(row.getString("address")));
              return phones;
            })
        .compose(promised -> people.quota(asked.phones(), promised));
  }
}
