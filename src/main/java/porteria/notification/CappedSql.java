package porteria.notification;

/** The broadcast messages that wait for the account to be allowed more people. */
final class CappedSql {

  private static final String CAPPED = "status = 'PARKED' AND failure_class = 'USER_CAP'";

  static final String ANY =
      """
      SELECT EXISTS (SELECT FROM notification WHERE {CAPPED}) AS waits
      """
          .replace("{CAPPED}", CAPPED);

  /** Up to $3 of them after the one of $1 and $2, the oldest first. */
  static final String AFTER =
      """
      SELECT school_id, id, created_at, address
      FROM notification
      WHERE {CAPPED} AND (created_at, id) > ($1, $2)
      ORDER BY created_at, id
      LIMIT $3
      """
          .replace("{CAPPED}", CAPPED);

  /** Queues those of the schools $1 and ids $2 that still wait. */
  static final String QUEUE =
      """
      WITH admissible AS MATERIALIZED (
        SELECT n.school_id, n.id
        FROM unnest($1::uuid[], $2::uuid[]) AS one (school_id, id)
        JOIN notification n ON n.school_id = one.school_id AND n.id = one.id AND {CAPPED}
        ORDER BY n.school_id, n.id
        FOR UPDATE OF n SKIP LOCKED
      )
      UPDATE notification n
      SET status = 'QUEUED'
      FROM admissible a
      WHERE n.school_id = a.school_id AND n.id = a.id
      """
          .replace("{CAPPED}", CAPPED);

  private CappedSql() {}
}
