-- One-time codes of staff (RFC 6238) and the recovery codes for who lost the phone. Safe: new tables only.
CREATE TABLE staff_totp (
  school_id    uuid NOT NULL,
  staff_id     uuid NOT NULL,
  -- Sealed with a key of the server's, which the database does not have.
  secret       bytea NOT NULL,
  created_at   timestamptz NOT NULL,
  -- Asked for at signing in from here on.
  confirmed_at timestamptz,
  -- The time step of the last code that was good: no code is good twice, and none before it.
  last_step    bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (school_id, staff_id),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff_user (school_id, id)
);

CREATE TABLE staff_recovery_code (
  school_id uuid NOT NULL,
  staff_id  uuid NOT NULL,
  code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
  used_at   timestamptz,
  PRIMARY KEY (school_id, staff_id, code_hash),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff_totp (school_id, staff_id) ON DELETE CASCADE
);

DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['staff_totp', 'staff_recovery_code']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_school ON %I USING '
      || '(school_id = NULLIF(current_setting(''porteria.school'', true), '''')::uuid)', tenant);
  END LOOP;
END $$;

GRANT SELECT, INSERT, DELETE, UPDATE (secret, created_at, confirmed_at, last_step) ON staff_totp
  TO porteria_web;
GRANT SELECT, INSERT, UPDATE (used_at) ON staff_recovery_code TO porteria_web;
