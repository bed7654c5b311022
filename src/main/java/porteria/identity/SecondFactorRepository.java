package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of second factors, each statement in a transaction that names the school. */
final class SecondFactorRepository {

  /** Begins anew until it is confirmed. */
  private static final String OFFER =
      """
      INSERT INTO staff_totp AS known (school_id, staff_id, secret, created_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (school_id, staff_id) DO UPDATE
      SET secret = $3, created_at = $4, last_step = 0
      WHERE known.confirmed_at IS NULL
      RETURNING staff_id
      """;

  private static final String FIND =
      """
      SELECT secret, confirmed_at IS NOT NULL AS confirmed, last_step
      FROM staff_totp
      WHERE school_id = $1 AND staff_id = $2
      """;

  /** Of many at once with one code, one finds the step unused. Seals anew, with the key of now. */
  private static final String USE =
      """
      UPDATE staff_totp
      SET last_step = $3, secret = $4, confirmed_at = coalesce(confirmed_at, $5)
      WHERE school_id = $1 AND staff_id = $2 AND last_step < $3
        AND (confirmed_at IS NULL) = $6
      RETURNING staff_id
      """;

  private static final String ADD_CODES =
      """
      INSERT INTO staff_recovery_code (school_id, staff_id, code_hash)
      SELECT $1, $2, code_hash FROM unnest($3::bytea[]) code_hash
      """;

  private static final String USE_CODE =
      """
      UPDATE staff_recovery_code SET used_at = $4
      WHERE school_id = $1 AND staff_id = $2 AND code_hash = ANY ($3) AND used_at IS NULL
      RETURNING staff_id
      """;

  private static final String REMOVE =
      "DELETE FROM staff_totp WHERE school_id = $1 AND staff_id = $2 RETURNING staff_id";

  private SecondFactorRepository() {}

  /** Whose second factor it is. */
  record Owner(UUID schoolId, UUID staffId) {}

  /**
   * A second factor.
   *
   * @param confirmed whether it is asked for
   */
  record Factor(Buffer secret, boolean confirmed, long lastStep) {}

  /** Whether it was kept; not, when one is confirmed. */
  static Future<Boolean> offer(SqlConnection transaction, Owner owner, Buffer secret, Instant now) {
    return transaction
        .preparedQuery(OFFER)
        .execute(Tuple.of(owner.schoolId(), owner.staffId(), secret, at(now)))
        .map(rows -> rows.size() > 0);
  }

  static Future<Optional<Factor>> find(SqlConnection transaction, Owner owner) {
    return transaction
        .preparedQuery(FIND)
        .execute(Tuple.of(owner.schoolId(), owner.staffId()))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Factor(
                                row.getBuffer("secret"),
                                row.getBoolean("confirmed"),
                                row.getLong("last_step")))
                    .findFirst());
  }

  /**
   * Uses a step, which confirms a factor that was not yet.
   *
   * @param before the factor as it was read
   * @return whether nobody had used the step meanwhile
   */
  static Future<Boolean> use(
      SqlConnection transaction,
      Owner owner,
      Factor before,
      long step,
      Buffer secret,
      Instant now) {
    return transaction
        .preparedQuery(USE)
        .execute(
            Tuple.of(owner.schoolId(), owner.staffId(), step, secret, at(now))
                .addBoolean(!before.confirmed()))
        .map(rows -> rows.size() > 0);
  }

  static Future<Void> addCodes(SqlConnection transaction, Owner owner, List<Buffer> hashes) {
    return transaction
        .preparedQuery(ADD_CODES)
        .execute(Tuple.of(owner.schoolId(), owner.staffId(), hashes.toArray(Buffer[]::new)))
        .mapEmpty();
  }

  /** Whether one of them was there, unused. */
  static Future<Boolean> useCode(
      SqlConnection transaction, Owner owner, List<Buffer> hashes, Instant now) {
    return transaction
        .preparedQuery(USE_CODE)
        .execute(
            Tuple.of(owner.schoolId(), owner.staffId(), hashes.toArray(Buffer[]::new), at(now)))
        .map(rows -> rows.size() > 0);
  }

  /** Whether there was one. */
  static Future<Boolean> remove(SqlConnection transaction, Owner owner) {
    return transaction
        .preparedQuery(REMOVE)
        .execute(Tuple.of(owner.schoolId(), owner.staffId()))
        .map(rows -> rows.size() > 0);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
