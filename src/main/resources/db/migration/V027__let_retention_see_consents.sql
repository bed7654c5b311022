-- Photos whose consent was withdrawn are deleted without waiting for their days. Safe: a right more.
GRANT SELECT (school_id, student_id, scopes, signed_at, expires_at) ON consent TO porteria_worker;
