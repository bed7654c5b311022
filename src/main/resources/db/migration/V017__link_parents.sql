-- How guardians come in: a link that works once, told like any other message. Safe: new tables, a
-- new column that is empty, and constraints of notification loosened by what is new.
CREATE TABLE magic_link (
  school_id   uuid NOT NULL REFERENCES school (id),
  -- Random. The token is derived from it with the server's key, so that it need not be stored for
  -- the message to carry it.
  id          uuid NOT NULL,
  guardian_id uuid NOT NULL,
  token_hash  bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  redeemed_at timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardian (school_id, id)
);
CREATE INDEX magic_link_guardian ON magic_link (guardian_id, created_at, school_id);

-- A guardian whom the school has no more is neither let in nor told anything.
ALTER TABLE guardian ADD inactive_since timestamptz;

CREATE TABLE guardian_session (
  school_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT uuidv7(),
  guardian_id uuid NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  revoked_at  timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardian (school_id, id)
);
CREATE INDEX guardian_session_of_guardian ON guardian_session (school_id, guardian_id);

-- Begins with the address, so that the sender's look-ups by guardian are never planned by it.
CREATE INDEX guardian_contact_address ON guardian_contact (lower(address), school_id);

-- A link concerns no pupil and has no message type: nobody may choose not to get what they asked for.
ALTER TABLE notification ALTER student_id DROP NOT NULL, ALTER type DROP NOT NULL;
DO $$
DECLARE
  allowed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
  FROM pg_constraint
  WHERE conrelid = 'notification'::regclass AND conname = 'notification_cause_check';
  ALTER TABLE notification DROP CONSTRAINT notification_cause_check;
  EXECUTE format('ALTER TABLE notification ADD CONSTRAINT notification_cause_check
    CHECK ((%s) OR cause = ''MAGIC_LINK'')', allowed);
END $$;
ALTER TABLE notification ADD CONSTRAINT notification_concerns_a_pupil
  CHECK (cause = 'MAGIC_LINK' OR (student_id IS NOT NULL AND type IS NOT NULL));

DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['magic_link', 'guardian_session']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_school ON %I USING '
      || '(school_id = NULLIF(current_setting(''porteria.school'', true), '''')::uuid)', tenant);
    EXECUTE format('CREATE POLICY every_school ON %I TO porteria_worker USING (true)', tenant);
  END LOOP;
END $$;

GRANT SELECT, INSERT, DELETE, UPDATE (redeemed_at) ON magic_link TO porteria_web;
GRANT SELECT, INSERT, DELETE, UPDATE (revoked_at) ON guardian_session TO porteria_web;
GRANT INSERT ON notification TO porteria_web;
-- Whose link and session it is, before their school is trusted.
GRANT SELECT (school_id, token_hash) ON magic_link TO porteria_worker;
GRANT SELECT ON guardian_session TO porteria_worker;
