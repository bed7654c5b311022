-- Sessions of staff, so that they can be renewed and ended. Safe: new columns with constant defaults
-- and new tables. Access tokens from before name no session and are refused: people sign in once more.
ALTER TABLE staff_user
  -- Raised when everything issued so far must end: another role, another password, a lock.
  ADD COLUMN token_version integer NOT NULL DEFAULT 1,
  ADD COLUMN locked_at timestamptz;

CREATE TABLE staff_session (
  school_id     uuid NOT NULL,
  id            uuid NOT NULL DEFAULT uuidv7(),
  staff_id      uuid NOT NULL,
  token_version integer NOT NULL,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  revoked_at    timestamptz,
  -- The number of the one refresh token that is good, and since when it is; 0 where there is none.
  generation    integer NOT NULL CHECK (generation >= 0),
  rotated_at    timestamptz NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff_user (school_id, id)
);
CREATE INDEX staff_session_of_staff ON staff_session (school_id, staff_id);

-- Spent ones stay with their session: one that comes again was copied.
CREATE TABLE refresh_token (
  school_id  uuid NOT NULL,
  session_id uuid NOT NULL,
  generation integer NOT NULL CHECK (generation > 0),
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  PRIMARY KEY (school_id, session_id, generation),
  FOREIGN KEY (school_id, session_id) REFERENCES staff_session (school_id, id) ON DELETE CASCADE
);

DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['staff_session', 'refresh_token']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_school ON %I USING '
      || '(school_id = NULLIF(current_setting(''porteria.school'', true), '''')::uuid)', tenant);
    EXECUTE format('CREATE POLICY every_school ON %I TO porteria_worker USING (true)', tenant);
  END LOOP;
END $$;

-- Not the password's hash: only signing in reads it, before the school is known.
GRANT SELECT (school_id, id, email, full_name, role, token_version, locked_at) ON staff_user
  TO porteria_web;
GRANT UPDATE (token_version) ON staff_user TO porteria_web;
GRANT SELECT, INSERT, DELETE, UPDATE (generation, rotated_at, revoked_at) ON staff_session
  TO porteria_web;
GRANT SELECT, INSERT ON refresh_token TO porteria_web;
-- A refresh token and an access token are looked at before their school is trusted.
GRANT SELECT ON staff_session, refresh_token TO porteria_worker;
