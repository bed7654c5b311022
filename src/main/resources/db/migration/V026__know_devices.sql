-- From which devices a person has signed in, so that a stranger's failures do not close them out
-- there; and from where a guardian's link was asked for, so that a stranger does not use up the
-- guardian's day. Safe: a new table and a new column that is empty.
CREATE TABLE known_device (
  school_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT uuidv7(),
  staff_id    uuid NOT NULL,
  -- Keyed; the device alone has the secret.
  secret_hash bytea NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
  seen_at     timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff_user (school_id, id)
);
CREATE INDEX known_device_of_staff ON known_device (school_id, staff_id);

ALTER TABLE known_device ENABLE ROW LEVEL SECURITY;
ALTER TABLE known_device FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON known_device
  USING (school_id = NULLIF(current_setting('porteria.school', true), '')::uuid);
CREATE POLICY every_school ON known_device TO porteria_worker USING (true);

GRANT SELECT, INSERT, DELETE, UPDATE (seen_at, expires_at) ON known_device TO porteria_web;
-- Whose device it is, before the school is known.
GRANT SELECT ON known_device TO porteria_worker;

-- A keyed hash of the asker's network; unknown for links from before, which count for all.
ALTER TABLE magic_link ADD requester bytea CHECK (octet_length(requester) = 32);
