-- How a kiosk comes to its token, and what is known of it afterwards. Safe: new columns are empty or
-- have constant defaults, and one constraint is loosened.
CREATE TABLE device_enrolment (
  school_id  uuid NOT NULL REFERENCES school (id),
  id         uuid NOT NULL DEFAULT uuidv7(),
  code       text NOT NULL CHECK (code ~ '^[A-Za-z0-9._-]{1,64}$'),
  gate_id    uuid NOT NULL,
  -- HMAC-SHA256 of the enrolment code, which is shown once.
  code_hash  bytea NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
  created_at timestamptz NOT NULL,
  created_by uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, gate_id) REFERENCES gate (school_id, id),
  FOREIGN KEY (school_id, created_by) REFERENCES staff_user (school_id, id)
);

-- A kiosk that was installed anew is a new device, for it counts its scans from the beginning. It
-- keeps the code that people know it by: only one device of a code may be in use.
ALTER TABLE device DROP CONSTRAINT device_school_id_code_key;
CREATE UNIQUE INDEX device_code_in_use ON device (school_id, code) WHERE revoked_at IS NULL;

ALTER TABLE device
  ADD enrolled_at  timestamptz,
  -- To the minute; written for all who were seen together.
  ADD last_seen_at timestamptz,
  -- The last heartbeat, by our clock, and what it said.
  ADD reported_at  timestamptz,
  ADD version      text,
  ADD battery      smallint CHECK (battery BETWEEN 0 AND 100),
  ADD queue_len    integer CHECK (queue_len >= 0);

ALTER TABLE device_enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE device_enrolment FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON device_enrolment USING
  (school_id = NULLIF(current_setting('porteria.school', true), '')::uuid);
CREATE POLICY every_school ON device_enrolment TO porteria_worker USING (true);

GRANT SELECT, INSERT ON device_enrolment TO porteria_web;
GRANT UPDATE (used_at) ON device_enrolment TO porteria_web;
GRANT INSERT ON device TO porteria_web;
GRANT UPDATE (revoked_at, gate_id, last_seen_at, reported_at, version, battery, queue_len) ON device
  TO porteria_web;
-- Whose code it is, before its school is known; and who was seen, of all schools at once.
GRANT SELECT (school_id, code_hash) ON device_enrolment TO porteria_worker;
GRANT UPDATE (last_seen_at) ON device TO porteria_worker;
