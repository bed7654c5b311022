package porteria.scan;

import java.util.Map;
import porteria.domain.ScanFlag;
import porteria.outbox.Announcements;

/** The statements by which scans are recorded. Others see them only in order to measure them. */
public final class ScanSql {

  /**
   * Settings of the session that records. Every probe of the statement is by index. The plan is
   * made once and must not be misled by tables that were small when it was made.
   */
  public static final Map<String, String> SESSION =
      Map.of("plan_cache_mode", "force_generic_plan", "enable_seqscan", "off", "jit", "off");

  /**
   * The isolation in which {@link #RECORD} runs. Each batch counts its school's live sequence up;
   * had another batch of the school, on another node, been committed since this one began to look,
   * this one fails as not serializable and is recorded anew. So a double read is seen even when its
   * first read is a moment old, and the numbers of the live stream have no holes.
   */
  static final Map<String, String> ISOLATION =
      Map.of("default_transaction_isolation", "repeatable read");

  /** The pupil's last event of the day up to the scan. */
  private static final String BEFORE =
      """
      FROM attendance_event e
                 WHERE (e.school_id = s.school_id) IS TRUE AND e.student_id = student.id
                   AND e.occurred_at BETWEEN s.day_start AND s.occurred_at
                   AND e.annulled_at IS NULL
                 ORDER BY e.occurred_at DESC LIMIT 1\
      """;

  /**
   * Records a batch. For every row of the arrays: is its key known (replay first)? If not: whose is
   * the token, as of the time it occurred; what came before and after it that day; then the event
   * with its announcement, or the rejection. Answers one line for each row, in no order.
   *
   * <p>The pupil's event nearest before the end of the repeat window mostly lies before the scan.
   * Only when it lies after it, as for a scan that was long offline, both sides are looked up.
   *
   * <p>The plan is made once, perhaps while the tables are empty and all indexes look alike. So the
   * school is compared in a form that no index serves ({@code IS TRUE}): what is left fits one
   * index only.
   */
  public static final String RECORD = record("tag.token_hash = s.token_hash");

  /**
   * The same where the key of the hashes was changed and cards are out whose hash was made with an
   * earlier one. {@code $20} is the number of earlier keys; {@code $19} has so many hashes for each
   * row, one row after the other.
   */
  static final String RECORD_BY_FORMER_KEYS_TOO =
      record(
          """
          tag.token_hash = ANY (array_prepend(s.token_hash,
                ($19::bytea[])[s.ord * $20::integer + 1 : (s.ord + 1) * $20::integer]))\
          """);

  private ScanSql() {}

  private static String record(String card) {
    return """
      WITH found AS (
        SELECT s.ord, s.school_id, s.device_id, s.gate_id, s.local_seq, s.fingerprint,
          s.captured_at, s.sent_at, s.received_at, s.occurred_at, s.day_start, s.type, s.source,
          s.flags, s.repeat_seconds,
          coalesce(event.id, refused.id) AS known_id,
          coalesce(event.fingerprint, refused.fingerprint) AS known_fingerprint,
          coalesce(event.occurred_at, refused.occurred_at) AS known_at,
          coalesce(event.flags, refused.flags) AS known_flags,
          student.id AS student_id, student.full_name, student.course_id,
          CASE WHEN event.id IS NOT NULL THEN NULL
               WHEN refused.id IS NOT NULL THEN refused.reason
               WHEN s.refusal IS NOT NULL THEN s.refusal
               WHEN tag.school_id <> s.school_id THEN 'OTHER_SCHOOL'
               WHEN student.id IS NULL THEN 'UNKNOWN_TOKEN'
               WHEN tag.revoked_at <= s.occurred_at THEN 'REVOKED_TAG'
               WHEN student.inactive_since <= s.occurred_at THEN 'INACTIVE_STUDENT'
          END AS reason,
          CASE WHEN tag.revoked_at IS NULL THEN 0 ELSE {REVOKED_LATER} END
            | CASE WHEN student.inactive_since IS NULL THEN 0 ELSE {INACTIVE_LATER} END
            AS later_flags,
          CASE WHEN nearest.occurred_at > s.occurred_at THEN (
                 SELECT e.type {BEFORE})
               ELSE nearest.type END AS before_type,
          CASE WHEN nearest.occurred_at > s.occurred_at THEN (
                 SELECT e.occurred_at {BEFORE})
               ELSE nearest.occurred_at END AS before_at,
          CASE WHEN nearest.occurred_at > s.occurred_at THEN (
                 SELECT e.type FROM attendance_event e
                 WHERE (e.school_id = s.school_id) IS TRUE AND e.student_id = student.id
                   AND e.occurred_at > s.occurred_at
                   AND e.occurred_at <= s.occurred_at + make_interval(secs => s.repeat_seconds)
                   AND e.annulled_at IS NULL
                 ORDER BY e.occurred_at LIMIT 1)
          END AS after_type
        FROM unnest($1::integer[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[],
               $7::bytea[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::timestamptz[],
               $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[],
               $17::smallint[], $18::double precision[])
          AS s (ord, school_id, device_id, gate_id, local_seq, fingerprint,
               token_hash, qr_student_id, refusal, type, source, captured_at,
               sent_at, received_at, occurred_at, day_start,
               flags, repeat_seconds)
        LEFT JOIN LATERAL (
          SELECT e.id, e.fingerprint, e.occurred_at, e.flags, e.student_id
          FROM attendance_event e
          WHERE e.device_id = s.device_id AND e.local_seq = s.local_seq
            AND (e.school_id = s.school_id) IS TRUE
          LIMIT 1) event ON true
        LEFT JOIN LATERAL (
          SELECT r.id, r.fingerprint, r.occurred_at, r.flags, r.reason
          FROM scan_rejection r
          WHERE r.device_id = s.device_id AND r.local_seq = s.local_seq
            AND (r.school_id = s.school_id) IS TRUE
          LIMIT 1) refused ON true
        LEFT JOIN tag ON {CARD}
        LEFT JOIN student ON student.school_id = s.school_id
          AND student.id = coalesce(event.student_id, tag.student_id, s.qr_student_id)
        LEFT JOIN LATERAL (
          SELECT e.type, e.occurred_at FROM attendance_event e
          WHERE (e.school_id = s.school_id) IS TRUE AND e.student_id = student.id
            AND e.occurred_at >= s.day_start
            AND e.occurred_at <= s.occurred_at + make_interval(secs => s.repeat_seconds)
            AND e.annulled_at IS NULL
          ORDER BY e.occurred_at DESC LIMIT 1) nearest ON true
      ),
      placed AS (
        SELECT found.*, known_id IS NULL AND reason IS NULL AS accepted,
          CASE WHEN before_at IS NULL OR lag(occurred_at) OVER pupil >= before_at
               THEN lag(type) OVER pupil ELSE before_type END AS previous_type,
          greatest(lag(occurred_at) OVER pupil, before_at) AS previous_at
        FROM found
        WINDOW pupil AS (
          PARTITION BY school_id, student_id, day_start, known_id IS NULL AND reason IS NULL
          ORDER BY occurred_at, ord)
      ),
      judged AS MATERIALIZED (
        SELECT ord, school_id, device_id, gate_id, local_seq, fingerprint, captured_at, sent_at,
          received_at, occurred_at, type, source, known_id, known_fingerprint, known_at,
          student_id, full_name, course_id, reason, accepted, uuidv7() AS new_id,
          CASE WHEN known_id IS NOT NULL THEN known_flags
               WHEN reason IS NOT NULL THEN flags
               ELSE (flags | later_flags
                 | CASE WHEN after_type = type
                          OR (previous_type = type
                              AND previous_at >= occurred_at - make_interval(secs => repeat_seconds))
                        THEN {REPEAT}
                        WHEN type = 'OUT' AND previous_type IS DISTINCT FROM 'IN'
                        THEN {OUT_WITHOUT_IN}
                        WHEN type = 'IN' AND previous_type = 'IN'
                        THEN {IN_WHILE_IN}
                        ELSE 0 END)::smallint
          END AS flags
        FROM placed
      ),
      events AS (
        INSERT INTO attendance_event (school_id, id, student_id, device_id, gate_id, local_seq,
          fingerprint, captured_at, sent_at, received_at, occurred_at, type, source, flags)
        SELECT school_id, new_id, student_id, device_id, gate_id, local_seq,
          fingerprint, captured_at, sent_at, received_at, occurred_at, type, source, flags
        FROM judged WHERE accepted
      ),
      rejections AS (
        INSERT INTO scan_rejection (school_id, id, device_id, gate_id, local_seq,
          fingerprint, captured_at, sent_at, received_at, occurred_at, type, source, reason, flags)
        SELECT school_id, new_id, device_id, gate_id, local_seq,
          fingerprint, captured_at, sent_at, received_at, occurred_at, type, source, reason, flags
        FROM judged WHERE known_id IS NULL AND reason IS NOT NULL
      ),
      announcements AS (
        {ANNOUNCE}
        SELECT school_id, new_id, CASE type WHEN 'IN' THEN 'ENTRY' ELSE 'EXIT' END, student_id
        FROM judged WHERE accepted AND flags & ({REPEAT} | {STALE}) = 0
      ),
      numbered AS (
        UPDATE live_sequence l SET seq = l.seq + new.changes
        FROM (SELECT school_id, count(*) AS changes FROM judged WHERE known_id IS NULL
              GROUP BY school_id ORDER BY school_id) new
        WHERE l.school_id = new.school_id
        RETURNING l.school_id, l.seq - new.changes AS seq_before
      )
      SELECT j.ord, j.known_id IS NOT NULL AS known, coalesce(j.known_id, j.new_id) AS id,
        j.student_id, j.full_name, j.course_id, coalesce(j.known_at, j.occurred_at) AS occurred_at,
        j.flags, j.reason, coalesce(j.known_fingerprint, j.fingerprint) AS fingerprint,
        numbered.seq_before
      FROM judged j
      LEFT JOIN numbered ON numbered.school_id = j.school_id
      """
        .replace("{CARD}", card)
        .replace("{BEFORE}", BEFORE)
        .replace("{ANNOUNCE}", Announcements.INSERT_INTO)
        .replace("{REPEAT}", bit(ScanFlag.REPEAT))
        .replace("{OUT_WITHOUT_IN}", bit(ScanFlag.OUT_WITHOUT_IN))
        .replace("{IN_WHILE_IN}", bit(ScanFlag.IN_WHILE_IN))
        .replace("{REVOKED_LATER}", bit(ScanFlag.REVOKED_LATER))
        .replace("{INACTIVE_LATER}", bit(ScanFlag.INACTIVE_LATER))
        .replace("{STALE}", bit(ScanFlag.STALE));
  }

  private static String bit(ScanFlag flag) {
    return Integer.toString(flag.bit());
  }
}
