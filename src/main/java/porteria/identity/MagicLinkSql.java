package porteria.identity;

/** The statements of magic links. The two that find a school are asked as the worker. */
final class MagicLinkSql {

  static final String SCHOOL_BY_SLUG = "SELECT id FROM school WHERE slug = $1";

  static final String SCHOOL_BY_TOKEN = "SELECT school_id FROM magic_link WHERE token_hash = $1";

  /** Whom a contact belongs to. Nothing is held for one that belongs to nobody. */
  static final String GUARDIANS =
      """
      SELECT DISTINCT c.guardian_id
      FROM guardian_contact c
      JOIN guardian g ON g.school_id = c.school_id AND g.id = c.guardian_id
      WHERE c.school_id = $1 AND lower(c.address) = $2 AND g.inactive_since IS NULL
      ORDER BY c.guardian_id
      LIMIT 10
      """;

  /**
   * Requests for one guardian go one after the other, so that the limits count what is there. In
   * the order of {@link #GUARDIANS}, so that two never wait for each other.
   */
  static final String TAKE_TURNS =
      """
      SELECT pg_advisory_xact_lock(hashtextextended('magic-link ' || id::text, 0))
      FROM unnest($1::uuid[]) id
      """;

  /**
   * Those of the guardians who are within the limits: since $5 fewer than $6 links for this
   * requester, $4, and fewer than $7 for all; since $8 fewer than $9 and $10. The contact is held
   * until the link is stored: whoever takes it away meanwhile waits, and forgets the link.
   */
  static final String WITHIN_LIMITS =
      """
      SELECT DISTINCT ON (c.guardian_id) c.guardian_id, c.channel, c.address
      FROM (
        SELECT school_id, id, guardian_id, channel, address
        FROM guardian_contact
        WHERE school_id = $1 AND guardian_id = ANY ($2::uuid[]) AND lower(address) = $3
        FOR KEY SHARE) c
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE l.created_at > $5 AND l.requester = $4) AS own_lately,
               count(*) FILTER (WHERE l.created_at > $5) AS lately,
               count(*) FILTER (WHERE l.requester = $4) AS own_today,
               count(*) AS today
        FROM magic_link l
        WHERE l.school_id = c.school_id AND l.guardian_id = c.guardian_id AND l.created_at > $8
      ) asked
      WHERE own_lately < $6 AND lately < $7 AND own_today < $9 AND today < $10
      ORDER BY c.guardian_id, c.id
      """;

  /** Forgets those of the same guardians that no limit counts any more. */
  static final String STORE =
      """
      WITH old AS (
        DELETE FROM magic_link
        WHERE school_id = $1 AND guardian_id = ANY ($3::uuid[])
          AND created_at <= $5::timestamptz - interval '1 day')
      INSERT INTO magic_link
        (school_id, id, guardian_id, token_hash, created_at, expires_at, requester)
      SELECT $1::uuid, l.id, l.guardian_id, l.token_hash, $5::timestamptz, $6::timestamptz, $7
      FROM unnest($2::uuid[], $3::uuid[], $4::bytea[]) AS l (id, guardian_id, token_hash)
      """;

  /** Of many at once, one finds the row unused; the others wait for its commit and find nothing. */
  static final String REDEEM =
      """
      UPDATE magic_link SET redeemed_at = $3
      WHERE school_id = $1 AND token_hash = $2 AND redeemed_at IS NULL AND expires_at > $3
      RETURNING id, guardian_id
      """;

  /** Why a link could not be redeemed. */
  static final String SPENT =
      """
      SELECT id, redeemed_at IS NOT NULL AS used FROM magic_link
      WHERE school_id = $1 AND token_hash = $2
      """;

  private MagicLinkSql() {}
}
