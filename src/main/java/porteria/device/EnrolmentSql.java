package porteria.device;

/** The statements of enrolment. All but {@link #SCHOOL_OF} run within one school. */
final class EnrolmentSql {

  static final String GATE = "SELECT id FROM gate WHERE school_id = $1 AND code = $2";

  /** Of one code of a device only the offer made last is good. */
  static final String WITHDRAW =
      """
      UPDATE device_enrolment SET used_at = $3
      WHERE school_id = $1 AND code = $2 AND used_at IS NULL
      """;

  static final String OFFER =
      """
      INSERT INTO device_enrolment (school_id, code, gate_id, code_hash, created_at, created_by,
        expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      RETURNING id
      """;

  /** Asked as the worker: before the code is known its school is not. */
  static final String SCHOOL_OF = "SELECT school_id FROM device_enrolment WHERE code_hash = $1";

  /** Of many at once, one finds the row unused; the others wait for its commit and find nothing. */
  static final String USE =
      """
      UPDATE device_enrolment SET used_at = $3
      WHERE school_id = $1 AND code_hash = $2 AND used_at IS NULL AND expires_at > $3
      RETURNING code, gate_id
      """;

  static final String REPLACE =
      """
      UPDATE device SET revoked_at = $3
      WHERE school_id = $1 AND code = $2 AND revoked_at IS NULL
      """;

  static final String ENROL =
      """
      INSERT INTO device (school_id, code, gate_id, token_hash, enrolled_at)
      VALUES ($1, $2, $3, $4, $5)
      RETURNING id
      """;

  static final String SURROUNDINGS =
      """
      SELECT school.name AS school, school.timezone, gate.id, gate.code, gate.name
      FROM school
      JOIN gate ON gate.school_id = school.id
      WHERE school.id = $1
      ORDER BY gate.code
      """;

  private EnrolmentSql() {}
}
